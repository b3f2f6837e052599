// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The checks of an event that need its parents only, not its frame. */
final class Examination {
    private final int epoch;
    private final Validators validators;
    private final Dag dag;

    Examination(int epoch, Validators validators, Dag dag) {
        this.epoch = epoch;
        this.validators = validators;
        this.dag = dag;
    }

    /** Checks everything that a received event claims but its frame. */
    Examined ofEvent(Event event) {
        if (!inRange(event.epoch()) || !inRange(event.seq()) || !inRange(event.lamport()) || !inRange(event.frame())) {
            return new Rejected(
                    Rule.NUMBERS_IN_RANGE,
                    "epoch " + event.epoch() + ", seq " + event.seq() + ", Lamport time " + event.lamport() + ", frame "
                            + event.frame() + ": each is 1 to " + Event.MAX_NUMBER);
        }
        if (event.epoch() != epoch) {
            Rule rule = event.epoch() < epoch ? Rule.EPOCH_NOT_OVER : Rule.EPOCH_BEGUN;
            return new Rejected(rule, "the event is of epoch " + event.epoch() + ", this is epoch " + epoch);
        }
        if (event.id().prefix() != EventId.prefix(event.epoch(), event.lamport())) {
            return new Rejected(
                    Rule.ID_NAMES_EPOCH_AND_LAMPORT,
                    "id " + event.id() + " of an event of epoch " + event.epoch() + ", Lamport time "
                            + event.lamport());
        }
        if (dag.numberOf(event.id()) != Dag.NONE) {
            return new Rejected(Rule.PROCESSED_ONCE, "event " + event.id() + " is known");
        }
        Examined examined = ofParents(event.creator(), event.parents());
        return examined instanceof NewEvent found ? compare(event, found) : examined;
    }

    private static boolean inRange(int number) {
        return number >= 1 && number <= Event.MAX_NUMBER;
    }

    private static Examined compare(Event event, NewEvent found) {
        if (event.seq() > 1 && found.selfParent() == Dag.NONE) {
            return new Rejected(
                    Rule.SELF_PARENT_FIRST,
                    "seq is " + event.seq() + ", but the first parent is not of creator " + event.creator());
        }
        if (event.seq() != found.seq()) {
            return new Rejected(
                    Rule.SEQ_FOLLOWS_SELF_PARENT,
                    "seq is " + event.seq() + ", with these parents it is " + found.seq());
        }
        if (event.lamport() != found.lamport()) {
            return new Rejected(
                    Rule.LAMPORT_FOLLOWS_PARENTS,
                    "Lamport time is " + event.lamport() + ", with these parents it is " + found.lamport());
        }
        return found;
    }

    /** Checks creator and parents, and derives the rest from them. */
    Examined ofParents(long creatorId, List<EventId> parentIds) {
        int creator = validators.indexOf(creatorId);
        if (creator == Validators.NOT_A_VALIDATOR) {
            return new Rejected(
                    Rule.CREATOR_IS_VALIDATOR, "creator " + creatorId + " is not a validator of epoch " + epoch);
        }
        if (parentIds.size() > Event.MAX_PARENTS) {
            return new Rejected(Rule.PARENTS_BOUNDED, parentIds.size() + " parents");
        }
        if (dag.size() == Dag.MAX_EVENTS) {
            return new Rejected(Rule.EPOCH_NOT_FULL, "epoch " + epoch + " holds " + Dag.MAX_EVENTS + " events");
        }
        int[] parents = new int[parentIds.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = dag.numberOf(parentIds.get(i));
            if (parents[i] == Dag.NONE) {
                return unknownParents(parentIds);
            }
        }
        return ofKnownParents(creator, parents);
    }

    private Rejected unknownParents(List<EventId> parentIds) {
        List<EventId> unknown = new ArrayList<>(parentIds);
        unknown.removeIf(id -> dag.numberOf(id) != Dag.NONE);
        return new Rejected(
                Rule.PARENTS_KNOWN, unknown.size() + " of " + parentIds.size() + " parents are not known yet", unknown);
    }

    private Examined ofKnownParents(int creator, int[] parents) {
        int lamport = 0;
        for (int i = 0; i < parents.length; i++) {
            lamport = Math.max(lamport, dag.lamport(parents[i]));
            if (i > 0 && dag.creator(parents[i]) == creator) {
                return new Rejected(
                        Rule.SELF_PARENT_FIRST,
                        "parent " + i + " is of the event's own creator, only parent 0 may be",
                        List.of(dag.id(parents[i])));
            }
        }
        int twice = firstDouble(parents);
        if (twice != Dag.NONE) {
            return new Rejected(
                    Rule.PARENTS_DISTINCT, "parent " + dag.id(twice) + " is named twice", List.of(dag.id(twice)));
        }
        boolean hasSelfParent = parents.length > 0 && dag.creator(parents[0]) == creator;
        int selfParent = hasSelfParent ? parents[0] : Dag.NONE;
        return new NewEvent(creator, dag.seq(selfParent) + 1, lamport + 1, parents, selfParent);
    }

    private static int firstDouble(int[] parents) {
        int[] sorted = parents.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return sorted[i];
            }
        }
        return Dag.NONE;
    }
}
