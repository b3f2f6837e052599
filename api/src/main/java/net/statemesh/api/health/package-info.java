// SPDX-License-Identifier: Apache-2.0
/** What a node must know to take part in the zone's health protocol. */
@NullMarked
package net.statemesh.api.health;

import org.jspecify.annotations.NullMarked;
