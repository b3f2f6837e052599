// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Arrays;

/**
 * Vector clocks: for every event and validator the last event of the validator that the event observes ("highest before").
 *
 * <p>An entry is an event number, {@link Dag#NONE}, or {@link #CHEATER} when the event observes a fork of the validator. One entry per
 * validator is enough whatever the number of branches: an event that observes no fork of a validator observes one chain of it, which
 * its last event names; and once a fork is observed nothing of that validator counts any more. Along one chain event numbers grow, so
 * for validators that are not known to fork the merge of two clocks is their maximum, and {@link #CHEATER} wins because it is the highest.
 */
final class Ancestry {
    static final int CHEATER = Integer.MAX_VALUE;

    private final Dag dag;
    private final VectorRows rows;
    private final int validators;

    Ancestry(Dag dag, int validators) {
        this.dag = dag;
        this.validators = validators;
        this.rows = new VectorRows(validators);
    }

    /** Computes the clock that the event would have, with its own number in its creator's entry. */
    void clockOf(NewEvent event, int[] clock) {
        Arrays.fill(clock, Dag.NONE);
        for (int parent : event.parents()) {
            maximum(clock, rows.chunk(parent), rows.start(parent));
        }
        IntList forkers = dag.forkers();
        for (int i = 0; i < forkers.size(); i++) {
            int forker = forkers.get(i);
            if (forker != event.creator() && clock[forker] != CHEATER) {
                clock[forker] = mergeBranches(event.parents(), forker);
            }
        }
        if (clock[event.creator()] != CHEATER) {
            clock[event.creator()] = observesOwnFork(event) ? CHEATER : dag.size() + 1;
        }
    }

    private static void maximum(int[] clock, int[] chunk, int start) {
        for (int v = 0; v < clock.length; v++) {
            clock[v] = Math.max(clock[v], chunk[start + v]);
        }
    }

    private int mergeBranches(int[] parents, int forker) {
        int merged = Dag.NONE;
        for (int parent : parents) {
            int last = rows.get(parent, forker);
            if (last == Dag.NONE || (merged != Dag.NONE && dag.onChain(last, merged))) {
                continue;
            }
            if (merged != Dag.NONE && !dag.onChain(merged, last)) {
                return CHEATER;
            }
            merged = last;
        }
        return merged;
    }

    private boolean observesOwnFork(NewEvent event) {
        if (!dag.isForker(event.creator()) && !dag.forks(event.creator(), event.selfParent())) {
            return false;
        }
        for (int parent : event.parents()) {
            int last = rows.get(parent, event.creator());
            if (last != Dag.NONE && (event.selfParent() == Dag.NONE || !dag.onChain(last, event.selfParent()))) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the clock of the event that was just added to the DAG. */
    void append(int[] clock) {
        rows.append(clock);
    }

    /** The last event of the validator that the event observes, {@link Dag#NONE} or {@link #CHEATER}. */
    int last(int event, int validator) {
        return rows.get(event, validator);
    }

    /** Whether the later event observes the earlier one, and no fork of its creator. */
    boolean observes(int later, int earlier) {
        return isInChain(earlier, rows.get(later, dag.creator(earlier)));
    }

    /** Whether the event is in the chain that this clock entry of its creator stands for. */
    boolean isInChain(int event, int last) {
        return last != CHEATER && last >= event && (!dag.isForker(dag.creator(event)) || dag.onChain(event, last));
    }

    /** Copies the clock of an event. */
    void copy(int event, int[] clock) {
        System.arraycopy(rows.chunk(event), rows.start(event), clock, 0, validators);
    }
}
