// SPDX-License-Identifier: Apache-2.0
/** Shell: holds the zone's Lease, and lets nothing be written by a master that does not lead. */
@NullMarked
package net.statemesh.zone.leader;

import org.jspecify.annotations.NullMarked;
