// SPDX-License-Identifier: Apache-2.0
/** OCI images: packing and the zone registry. */
@NullMarked
package net.statemesh.images;

import org.jspecify.annotations.NullMarked;
