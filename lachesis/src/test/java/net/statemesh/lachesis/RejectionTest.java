// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule, broken alone: the answer names it and the state keeps its bytes. */
class RejectionTest {
    private Lachesis lachesis;
    private Event a1;
    private Event b1;
    private Event a2;

    @BeforeEach
    void twoValidatorsWithThreeEvents() {
        lachesis =
                Lachesis.genesis(Validators.of(List.of(new Validator(1, 1), new Validator(2, 1))), SealingRule.never());
        a1 = accepted(1, List.of());
        b1 = accepted(2, List.of(a1.id()));
        a2 = accepted(1, List.of(a1.id(), b1.id()));
    }

    @Test
    void numbersOutsideTheRange() {
        Event good = next();
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE, Event.MAX_NUMBER + 1, Integer.MAX_VALUE}) {
            rejects(with(good, bad, good.seq(), good.lamport(), good.frame()), Rule.NUMBERS_IN_RANGE);
            rejects(with(good, good.epoch(), bad, good.lamport(), good.frame()), Rule.NUMBERS_IN_RANGE);
            rejects(with(good, good.epoch(), good.seq(), bad, good.frame()), Rule.NUMBERS_IN_RANGE);
            rejects(with(good, good.epoch(), good.seq(), good.lamport(), bad), Rule.NUMBERS_IN_RANGE);
        }
    }

    @Test
    void laterEpochWaitsAndSealedEpochIsOver() {
        Event good = next();
        rejects(with(good, 2, good.seq(), good.lamport(), good.frame()), Rule.EPOCH_BEGUN);
        lachesis = Lachesis.genesis(
                lachesis.validators(), (block, validators) -> Optional.of(Validators.of(List.of(new Validator(1, 1)))));
        Event a = accepted(1, List.of());
        Event b = accepted(2, List.of(a.id()));
        while (lachesis.epoch() == 1) {
            a = accepted(1, List.of(a.id(), b.id()));
            b = lachesis.epoch() == 1 ? accepted(2, List.of(b.id(), a.id())) : b;
        }
        rejects(a1, Rule.EPOCH_NOT_OVER);
    }

    @Test
    void creatorThatIsNoValidator() {
        Event good = next();
        for (long creator : new long[] {3, 0, -1, 1L << 32, Long.MAX_VALUE}) {
            rejects(
                    new Event(good.id(), 1, good.seq(), creator, good.lamport(), good.parents(), good.frame()),
                    Rule.CREATOR_IS_VALIDATOR);
        }
    }

    @Test
    void idThatNamesAnotherPlace() {
        Event good = next();
        EventId elsewhere = new EventId(good.id().prefix() + 1, 1, 2, 3);
        rejects(
                new Event(elsewhere, 1, good.seq(), 1, good.lamport(), good.parents(), good.frame()),
                Rule.ID_NAMES_EPOCH_AND_LAMPORT);
    }

    @Test
    void eventThatIsKnown() {
        rejects(a2, Rule.PROCESSED_ONCE);
    }

    @Test
    void tooManyParents() {
        List<EventId> parents = new ArrayList<>(Collections.nCopies(Event.MAX_PARENTS + 1, b1.id()));
        rejects(event(1, 2, 9, parents, 1), Rule.PARENTS_BOUNDED);
    }

    @Test
    void unknownParentsAreNamed() {
        EventId unknown = EventId.of(1, 2, new byte[24]);
        Rejected rejected = rejects(event(1, 3, 4, List.of(a2.id(), unknown), 1), Rule.PARENTS_KNOWN);
        assertThat(rejected.events()).containsExactly(unknown);
    }

    @Test
    void parentNamedTwice() {
        rejects(event(1, 3, 4, List.of(a2.id(), b1.id(), b1.id()), 1), Rule.PARENTS_DISTINCT);
    }

    @Test
    void selfParentInAnotherPlaceOrMissing() {
        rejects(event(1, 3, 4, List.of(b1.id(), a2.id()), 1), Rule.SELF_PARENT_FIRST);
        rejects(event(1, 3, 4, List.of(a2.id(), a1.id()), 1), Rule.SELF_PARENT_FIRST);
        rejects(event(1, 3, 3, List.of(b1.id()), 1), Rule.SELF_PARENT_FIRST);
        rejects(event(1, 2, 1, List.of(), 1), Rule.SELF_PARENT_FIRST);
    }

    @Test
    void seqThatDoesNotFollow() {
        rejects(event(1, 2, 4, List.of(a2.id()), 1), Rule.SEQ_FOLLOWS_SELF_PARENT);
        rejects(event(1, 4, 4, List.of(a2.id()), 1), Rule.SEQ_FOLLOWS_SELF_PARENT);
        rejects(event(1, 1, 4, List.of(a2.id()), 1), Rule.SEQ_FOLLOWS_SELF_PARENT);
    }

    @Test
    void lamportTimeThatDoesNotFollow() {
        rejects(event(1, 3, 3, List.of(a2.id()), 1), Rule.LAMPORT_FOLLOWS_PARENTS);
        rejects(event(1, 3, 5, List.of(a2.id()), 1), Rule.LAMPORT_FOLLOWS_PARENTS);
    }

    @Test
    void frameAboveWhatThePastReaches() {
        Event good = next();
        rejects(with(good, 1, good.seq(), good.lamport(), good.frame() + 1), Rule.FRAME_REACHED);
        rejects(with(good, 1, good.seq(), good.lamport(), Event.MAX_NUMBER), Rule.FRAME_REACHED);
    }

    @Test
    void frameBelowTheSelfParents() {
        Event higher = a2;
        Event other = b1;
        while (higher.frame() == 1) {
            other = accepted(2, List.of(other.id(), higher.id()));
            higher = accepted(1, List.of(higher.id(), other.id()));
        }
        rejects(event(1, higher.seq() + 1, higher.lamport() + 1, List.of(higher.id()), 1), Rule.FRAME_REACHED);
    }

    @Test
    void buildNamesTheSameRules() {
        assertThat(lachesis.build(9, List.of()))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.rule()).isEqualTo(Rule.CREATOR_IS_VALIDATOR));
        assertThat(lachesis.build(1, List.of(b1.id(), b1.id())))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.rule()).isEqualTo(Rule.PARENTS_DISTINCT));
    }

    private Rejected rejects(Event event, Rule rule) {
        byte[] before = lachesis.save();
        Processed processed = lachesis.process(event);
        assertThat(processed).isInstanceOf(Rejected.class);
        Rejected rejected = (Rejected) processed;
        assertThat(rejected.rule()).isEqualTo(rule);
        assertThat(rejected.detail()).isNotBlank();
        assertThat(lachesis.save()).isEqualTo(before);
        return rejected;
    }

    /** A valid further event of validator 1. */
    private Event next() {
        Claim claim = (Claim) lachesis.build(1, List.of(a2.id()));
        return claim.event(VectorEventId.of(claim, 0));
    }

    private Event accepted(long creator, List<EventId> parents) {
        Claim claim = (Claim) lachesis.build(creator, parents);
        Event event = claim.event(VectorEventId.of(claim, 0));
        assertThat(lachesis.process(event)).isInstanceOf(Accepted.class);
        return event;
    }

    private static Event event(long creator, int seq, int lamport, List<EventId> parents, int frame) {
        EventId id = EventId.of(1, lamport, new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24
        });
        return new Event(id, 1, seq, creator, lamport, parents, frame);
    }

    private static Event with(Event event, int epoch, int seq, int lamport, int frame) {
        EventId id = new EventId(EventId.prefix(epoch, lamport), 1, 2, 3);
        return new Event(id, epoch, seq, event.creator(), lamport, event.parents(), frame);
    }
}
