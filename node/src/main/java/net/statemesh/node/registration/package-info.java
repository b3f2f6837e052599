// SPDX-License-Identifier: Apache-2.0
/** The Node object and its Lease: who this node is, what it has, and that it lives. */
@NullMarked
package net.statemesh.node.registration;

import org.jspecify.annotations.NullMarked;
