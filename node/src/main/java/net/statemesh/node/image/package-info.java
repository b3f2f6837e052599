// SPDX-License-Identifier: Apache-2.0
/** Images on this node: pulling with credentials and collecting what nobody uses. */
@NullMarked
package net.statemesh.node.image;

import org.jspecify.annotations.NullMarked;
