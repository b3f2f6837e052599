// SPDX-License-Identifier: Apache-2.0
/** Startup, liveness and readiness probes: pure state, and the calls that ask. */
@NullMarked
package net.statemesh.node.probe;

import org.jspecify.annotations.NullMarked;
