// SPDX-License-Identifier: Apache-2.0
/** What follows a deletion: owned objects, the contents of a namespace. */
@NullMarked
package net.statemesh.kube.embedded.gc;

import org.jspecify.annotations.NullMarked;
