// SPDX-License-Identifier: Apache-2.0
/** The node's side of the health protocol: heartbeats, watching others, probing them when the master asks. */
@NullMarked
package net.statemesh.node.health;

import org.jspecify.annotations.NullMarked;
