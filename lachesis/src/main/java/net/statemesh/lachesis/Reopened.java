// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** What {@link Lachesis#reopen} found. */
public sealed interface Reopened {
    /** The state is whole. */
    record Open(Lachesis lachesis) implements Reopened {}

    /** The bytes are not a state that {@link Lachesis#save} wrote. */
    record Damaged(String detail) implements Reopened {}
}
