// SPDX-License-Identifier: Apache-2.0
/** The pod network of this node: CNI configuration and routes to the other nodes. */
@NullMarked
package net.statemesh.node.network;

import org.jspecify.annotations.NullMarked;
