// SPDX-License-Identifier: Apache-2.0
/** Volumes of a pod as folders of the node. */
@NullMarked
package net.statemesh.node.volume;

import org.jspecify.annotations.NullMarked;
