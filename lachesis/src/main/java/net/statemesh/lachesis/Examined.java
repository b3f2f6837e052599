// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** What the checks of an event's own fields and parents find. */
sealed interface Examined permits NewEvent, Rejected {}
