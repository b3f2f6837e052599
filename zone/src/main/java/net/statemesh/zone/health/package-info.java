// SPDX-License-Identifier: Apache-2.0
/** The master's side of the health protocol: heartbeats over UDP in, verdicts on nodes out. */
@NullMarked
package net.statemesh.zone.health;

import org.jspecify.annotations.NullMarked;
