// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** Answer to a validator that wants to create an event: {@link Claim}, {@link Rejected} or {@link Halted}. */
public sealed interface Built permits Claim, Rejected, Halted {}
