// SPDX-License-Identifier: Apache-2.0
/** Which resources exist and what their schemas are, for clients that ask. */
@NullMarked
package net.statemesh.kube.embedded.discovery;

import org.jspecify.annotations.NullMarked;
