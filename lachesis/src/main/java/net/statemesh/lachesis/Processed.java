// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** What became of an event: {@link Accepted}, {@link Rejected} or {@link Halted}. */
public sealed interface Processed permits Accepted, Rejected, Halted {}
