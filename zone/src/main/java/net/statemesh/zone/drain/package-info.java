// SPDX-License-Identifier: Apache-2.0
/** Planned maintenance: which nodes are to be left by all replicas, and how far that has come. */
@NullMarked
package net.statemesh.zone.drain;

import org.jspecify.annotations.NullMarked;
