// SPDX-License-Identifier: Apache-2.0
/** JSON Patch, JSON Merge Patch and strategic merge patch. */
@NullMarked
package net.statemesh.kube.embedded.patch;

import org.jspecify.annotations.NullMarked;
