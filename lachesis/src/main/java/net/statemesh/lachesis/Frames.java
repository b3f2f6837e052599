// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The roots of every frame, and for each root and validator the first event of the validator that observes it ("lowest after").
 *
 * <p>A root is registered in every frame from its self-parent's + 1 to its own. Roots are numbered from 1 in order of arrival. A root's
 * row of first observers holds event numbers, {@link #UNOBSERVED} where there is none; rows are not kept up for forkers, whose chain
 * depends on who looks.
 */
final class Frames {
    static final int UNOBSERVED = Integer.MAX_VALUE;

    private static final int SIGN = Integer.SIZE - 1;

    private final Dag dag;
    private final int validators;
    private final VectorRows firstObservers;
    private final int[] unobserved;
    private final IntList eventOfRoot = new IntList();
    private final List<IntList> rootsOfValidator = new ArrayList<>();
    private final int[] newestRootEvent;
    private final List<IntList> rootsOfFrame = new ArrayList<>();
    private final BitSet framesOfForkers = new BitSet();

    Frames(Dag dag, int validators) {
        this.dag = dag;
        this.validators = validators;
        this.firstObservers = new VectorRows(validators);
        this.unobserved = new int[validators];
        Arrays.fill(unobserved, UNOBSERVED);
        this.newestRootEvent = new int[validators];
        for (int v = 0; v < validators; v++) {
            rootsOfValidator.add(new IntList());
        }
        eventOfRoot.add(Dag.NONE);
        rootsOfFrame.add(new IntList());
    }

    /** Registers a root of the DAG in the frames after {@code selfParentFrame} up to its own. */
    void register(int event, int selfParentFrame) {
        int root = eventOfRoot.size();
        eventOfRoot.add(event);
        firstObservers.append(unobserved);
        rootsOfValidator.get(dag.creator(event)).add(root);
        newestRootEvent[dag.creator(event)] = event;
        for (int frame = selfParentFrame + 1; frame <= dag.frame(event); frame++) {
            if (frame == rootsOfFrame.size()) {
                rootsOfFrame.add(new IntList());
            }
            rootsOfFrame.get(frame).add(root);
            if (dag.isForker(dag.creator(event))) {
                framesOfForkers.set(frame);
            }
        }
    }

    /**
     * Makes the event, which was just added, the first observer of the roots that it observes and its self-parent does not.
     *
     * @param clock the vector clock of the event
     * @param before the vector clock of its self-parent, empty without one
     */
    void observe(int event, int[] clock, int[] before) {
        int observer = dag.creator(event);
        if (dag.isForker(observer)) {
            return;
        }
        for (int v = 0; v < validators; v++) {
            if (newestRootEvent[v] > before[v] && clock[v] > before[v] && clock[v] != Ancestry.CHEATER) {
                observeRootsOf(v, before[v], clock[v], event, observer);
            }
        }
    }

    private void observeRootsOf(int validator, int after, int upTo, int event, int observer) {
        IntList roots = rootsOfValidator.get(validator);
        for (int i = lastUpTo(roots, upTo); i >= 0; i--) {
            int rootEvent = eventOfRoot.get(roots.get(i));
            if (rootEvent <= after) {
                return;
            }
            if (!dag.isForker(validator) || dag.onChain(rootEvent, upTo)) {
                firstObservers.set(roots.get(i), observer, event);
            }
        }
    }

    /** Index of the last of these roots that is an event up to {@code upTo}, -1 if there is none. */
    private int lastUpTo(IntList roots, int upTo) {
        int low = 0;
        int high = roots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (eventOfRoot.get(roots.get(middle)) <= upTo) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Roots of a frame in order of arrival; there are none in frame 0. */
    IntList roots(int frame) {
        return rootsOfFrame.get(frame);
    }

    /** Whether the frame may hold two roots of one validator. */
    boolean holdsForks(int frame) {
        return framesOfForkers.get(frame);
    }

    /** The last frame that has roots. */
    int last() {
        return rootsOfFrame.size() - 1;
    }

    int eventOf(int root) {
        return eventOfRoot.get(root);
    }

    int creatorOf(int root) {
        return dag.creator(eventOfRoot.get(root));
    }

    /** Sum of the weights of the validators whose entry in {@code clock} is at or behind their first observer of the root. */
    int weightThrough(int root, int[] clock, int[] weights) {
        int[] first = firstObservers.chunk(root);
        int start = firstObservers.start(root);
        int sum = 0;
        for (int v = 0; v < clock.length; v++) {
            // without a branch, so that the loop runs in vector registers: all ones if clock >= first
            int reached = ~((clock[v] - first[start + v]) >> SIGN);
            sum += weights[v] & reached;
        }
        return sum;
    }
}
