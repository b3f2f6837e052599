// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which roots are a forkless cause of an event: the event observes the root and no fork of the root's creator, and through the honest
 * looking part of a quorum of validators.
 *
 * <p>Set to one event at a time by {@link #look}, which need not be part of the DAG yet.
 */
final class ForklessCause {
    private final Validators validators;
    private final Dag dag;
    private final Ancestry ancestry;
    private final Frames frames;

    private NewEvent own = new NewEvent(0, 0, 0, new int[0], Dag.NONE);
    private int[] clock = new int[0];
    private final int[] plainClock;
    private final IntList slowObservers = new IntList();
    private int ownWeight;
    private final int[] countedFor;
    private int query;

    ForklessCause(Validators validators, Dag dag, Ancestry ancestry, Frames frames) {
        this.validators = validators;
        this.dag = dag;
        this.ancestry = ancestry;
        this.frames = frames;
        this.plainClock = new int[validators.count()];
        this.countedFor = new int[validators.count()];
    }

    /** Asks about the event with this clock from now on. The clock must not change meanwhile. */
    void look(NewEvent event, int[] eventClock) {
        int creator = event.creator();
        own = event;
        clock = eventClock;
        for (int v = 0; v < plainClock.length; v++) {
            plainClock[v] = clock[v] == Ancestry.CHEATER ? Dag.NONE : clock[v];
        }
        // the event itself is its creator's observer, whether it was entered as the first one or not
        ownWeight = clock[creator] == Ancestry.CHEATER ? 0 : validators.weight(creator);
        plainClock[creator] = Dag.NONE;
        slowObservers.clear();
        IntList forkers = dag.forkers();
        for (int i = 0; i < forkers.size(); i++) {
            if (plainClock[forkers.get(i)] != Dag.NONE) {
                slowObservers.add(forkers.get(i));
                plainClock[forkers.get(i)] = Dag.NONE;
            }
        }
    }

    /** Whether the root is a forkless cause of the event. */
    boolean of(int root) {
        int rootEvent = frames.eventOf(root);
        if (!isObserved(rootEvent)) {
            return false;
        }
        int weight = ownWeight + frames.weightThrough(root, plainClock, validators.weights());
        for (int i = 0; i < slowObservers.size(); i++) {
            int forker = slowObservers.get(i);
            if (ancestry.observes(clock[forker], rootEvent)) {
                weight += validators.weight(forker);
            }
        }
        return weight >= validators.quorum();
    }

    private boolean isObserved(int rootEvent) {
        int creator = dag.creator(rootEvent);
        // the event is not in a chain of the DAG yet, but its self-parent is
        boolean ownChain = creator == own.creator() && clock[creator] != Ancestry.CHEATER;
        return ancestry.isInChain(rootEvent, ownChain ? own.selfParent() : clock[creator]);
    }

    /** Whether any earlier event of the DAG, root or not, is a forkless cause of another: slow, for people and tests. */
    boolean ofEvent(int later, int earlier) {
        if (!ancestry.observes(later, earlier)) {
            return false;
        }
        int weight = 0;
        for (int v = 0; v < validators.count(); v++) {
            int last = ancestry.last(later, v);
            if (last != Dag.NONE && last != Ancestry.CHEATER && ancestry.observes(last, earlier)) {
                weight += validators.weight(v);
            }
        }
        return weight >= validators.quorum();
    }

    /** Places in {@link Frames#roots} of the roots that are a forkless cause of the event; null if their creators are no quorum. */
    int @Nullable [] quorumOf(int frame) {
        IntList roots = frames.roots(frame);
        int[] causes = new int[roots.size()];
        int count = 0;
        int weight = 0;
        query++;
        for (int place = 0; place < roots.size(); place++) {
            if (of(roots.get(place))) {
                causes[count++] = place;
                weight += countOnce(frames.creatorOf(roots.get(place)));
            }
        }
        return weight < validators.quorum() ? null : Arrays.copyOf(causes, count);
    }

    private int countOnce(int creator) {
        if (countedFor[creator] == query) {
            return 0;
        }
        countedFor[creator] = query;
        return validators.weight(creator);
    }
}
