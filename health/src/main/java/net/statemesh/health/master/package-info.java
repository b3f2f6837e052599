// SPDX-License-Identifier: Apache-2.0
/** The part of the protocol that runs in the master. Pure: time and messages are handed in. */
@NullMarked
package net.statemesh.health.master;

import org.jspecify.annotations.NullMarked;
