// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavedStateTest {
    @Test
    void everyDamagedByteIsNoticed() {
        byte[] state = withTwoEvents().save();
        for (int i = 0; i < state.length; i++) {
            byte[] damaged = state.clone();
            damaged[i] ^= 0x10;
            assertThat(Lachesis.reopen(damaged, SealingRule.never())).isInstanceOf(Reopened.Damaged.class);
            assertThat(Lachesis.reopen(Arrays.copyOf(state, i), SealingRule.never()))
                    .isInstanceOf(Reopened.Damaged.class);
        }
    }

    @Test
    void bytesThatAreDigestedButWrongAreNoticedToo() {
        byte[] state = withTwoEvents().save();
        int content = state.length - StateWriter.DIGEST_BYTES;
        int refused = 0;
        for (int i = 0; i < content; i++) {
            byte[] forged = state.clone();
            forged[i] ^= 0x40;
            byte[] digest = StateWriter.sha256(forged, content);
            System.arraycopy(digest, 0, forged, content, digest.length);
            Reopened reopened = Lachesis.reopen(forged, SealingRule.never());
            if (reopened instanceof Reopened.Damaged) {
                refused++;
            } else {
                assertThat(((Reopened.Open) reopened).lachesis().save()).isEqualTo(forged);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void otherVersionIsNamed() {
        byte[] state = withTwoEvents().save();
        state[Integer.BYTES + 1] = 2;
        int content = state.length - StateWriter.DIGEST_BYTES;
        System.arraycopy(StateWriter.sha256(state, content), 0, state, content, StateWriter.DIGEST_BYTES);
        assertThat(Lachesis.reopen(state, SealingRule.never()))
                .isInstanceOfSatisfying(
                        Reopened.Damaged.class,
                        damaged -> assertThat(damaged.detail()).contains("version 2", "this is version 1"));
    }

    @Test
    void equalHistoriesGiveEqualBytes() {
        assertThat(withTwoEvents().save()).isEqualTo(withTwoEvents().save());
    }

    private static Lachesis withTwoEvents() {
        Lachesis lachesis =
                Lachesis.genesis(Validators.of(List.of(new Validator(7, 1), new Validator(8, 2))), SealingRule.never());
        Event first = accept(lachesis, 7, List.of());
        accept(lachesis, 8, List.of(first.id()));
        return lachesis;
    }

    private static Event accept(Lachesis lachesis, long creator, List<EventId> parents) {
        Claim claim = (Claim) lachesis.build(creator, parents);
        Event event = claim.event(VectorEventId.of(claim, 0));
        assertThat(lachesis.process(event)).isInstanceOf(Accepted.class);
        return event;
    }
}
