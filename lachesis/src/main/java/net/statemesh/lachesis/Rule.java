// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** The rules that an event must keep to be processed. */
public enum Rule {
    NUMBERS_IN_RANGE("epoch, seq, Lamport time and frame are from 1 to 2^31 - 3"),
    EPOCH_NOT_OVER("an event of a sealed epoch is not processed any more"),
    EPOCH_BEGUN("an event of a later epoch waits until this epoch is sealed"),
    CREATOR_IS_VALIDATOR("only validators of the epoch create events"),
    ID_NAMES_EPOCH_AND_LAMPORT("an event id begins with the event's epoch and Lamport time"),
    PROCESSED_ONCE("an event is processed once"),
    PARENTS_BOUNDED("an event has at most 256 parents"),
    PARENTS_KNOWN("the parents of an event are processed before it"),
    PARENTS_DISTINCT("an event names each parent once"),
    SELF_PARENT_FIRST("the self-parent comes first if seq is above 1, and no other parent is of the same creator"),
    SEQ_FOLLOWS_SELF_PARENT("seq is that of the self-parent + 1, or 1 without a self-parent"),
    LAMPORT_FOLLOWS_PARENTS("Lamport time is the highest of the parents' + 1, or 1 without parents"),
    FRAME_REACHED(
            "an event claims a frame between its self-parent's and the highest that its past reaches without a gap"),
    EPOCH_NOT_FULL("an epoch holds a bounded number of events");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /** What the rule says, for people. */
    public String sentence() {
        return sentence;
    }
}
