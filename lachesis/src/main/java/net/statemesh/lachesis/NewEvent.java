// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/**
 * An event on its way into the DAG: what the checks of its parents found, in the numbers of {@link Dag}.
 *
 * @param creator index of the validator
 * @param parents event numbers, the self-parent first if there is one
 * @param selfParent event number or {@link Dag#NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived and never compared
record NewEvent(int creator, int seq, int lamport, int[] parents, int selfParent) implements Examined {}
