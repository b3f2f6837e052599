// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Arrays;

/**
 * The events of one epoch in columns. An event is its number: 1, 2, 3 in order of arrival, so that parents have lower numbers than
 * children.
 *
 * <p>The events of a creator that does not fork are one chain of self-parents. A fork opens a <em>branch</em>: a chain that leaves an
 * older branch behind some event, its origin, or starts from nothing.
 */
final class Dag {
    static final int NONE = 0;

    /** Most events of an epoch: keeps every index of its arrays in an int. */
    static final int MAX_EVENTS = 1 << 22;

    private static final int FIRST_CAPACITY = 64;

    private final EventTable table = new EventTable();
    private int[] creator = new int[FIRST_CAPACITY];
    private int[] seq = new int[FIRST_CAPACITY];
    private int[] lamport = new int[FIRST_CAPACITY];
    private int[] frame = new int[FIRST_CAPACITY];
    private int[] parentsEnd = new int[FIRST_CAPACITY];
    private final IntList parents = new IntList();

    private int[] branch = new int[FIRST_CAPACITY];
    private final IntList branchTip = new IntList();
    private final IntList branchOrigin = new IntList();
    private final int[] branchesOf;
    private final IntList forkers = new IntList();

    Dag(int validators) {
        this.branchesOf = new int[validators];
    }

    /** Adds an event that was checked; its self-parent, if it has one, is the first parent. Answers its number. */
    int add(EventId id, NewEvent added, int eventFrame) {
        int event = table.add(id);
        if (event == creator.length) {
            grow();
        }
        creator[event] = added.creator();
        seq[event] = added.seq();
        lamport[event] = added.lamport();
        frame[event] = eventFrame;
        for (int parent : added.parents()) {
            parents.add(parent);
        }
        parentsEnd[event] = parents.size();
        join(event, added.selfParent());
        return event;
    }

    /** Whether a further event of this creator behind this self-parent makes it a forker. */
    boolean forks(int eventCreator, int selfParent) {
        return branchesOf[eventCreator] > 0 && !isTip(selfParent);
    }

    private boolean isTip(int event) {
        return event != NONE && branchTip.get(branch[event]) == event;
    }

    private void join(int event, int selfParent) {
        if (isTip(selfParent)) {
            branch[event] = branch[selfParent];
            branchTip.set(branch[event], event);
            return;
        }
        branch[event] = branchTip.size();
        branchTip.add(event);
        branchOrigin.add(selfParent);
        branchesOf[creator[event]]++;
        if (branchesOf[creator[event]] == 2) {
            forkers.add(creator[event]);
        }
    }

    /** Whether {@code earlier} is {@code later} or stands before it in the same chain of self-parents. Both are of one creator. */
    boolean onChain(int earlier, int later) {
        int end = later;
        while (end != NONE && branch[end] != branch[earlier]) {
            end = branchOrigin.get(branch[end]);
        }
        return end != NONE && earlier <= end;
    }

    /** Creators of which two branches are known. */
    IntList forkers() {
        return forkers;
    }

    boolean isForker(int validator) {
        return branchesOf[validator] > 1;
    }

    int size() {
        return table.size();
    }

    int numberOf(EventId id) {
        return table.numberOf(id);
    }

    EventId id(int event) {
        return table.id(event);
    }

    int creator(int event) {
        return creator[event];
    }

    int seq(int event) {
        return seq[event];
    }

    int lamport(int event) {
        return lamport[event];
    }

    /** The frame of an event, 0 for {@link #NONE}. */
    int frame(int event) {
        return frame[event];
    }

    int selfParent(int event) {
        return seq[event] == 1 ? NONE : parents.get(parentsEnd[event - 1]);
    }

    boolean isRoot(int event) {
        return frame[event] != frame[selfParent(event)];
    }

    int parentsStart(int event) {
        return parentsEnd[event - 1];
    }

    int parentsEnd(int event) {
        return parentsEnd[event];
    }

    /** A parent by its place between {@link #parentsStart} and {@link #parentsEnd}. */
    int parentAt(int place) {
        return parents.get(place);
    }

    private void grow() {
        int capacity = creator.length + (creator.length >> 1);
        creator = Arrays.copyOf(creator, capacity);
        seq = Arrays.copyOf(seq, capacity);
        lamport = Arrays.copyOf(lamport, capacity);
        frame = Arrays.copyOf(frame, capacity);
        parentsEnd = Arrays.copyOf(parentsEnd, capacity);
        branch = Arrays.copyOf(branch, capacity);
    }
}
