// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HaltedTest {
    private final Lachesis lachesis = Lachesis.genesis(
            Validators.of(
                    List.of(new Validator(1, 10), new Validator(2, 10), new Validator(3, 9), new Validator(4, 1))),
            SealingRule.never());

    @Test
    void forkOfLessThanAThirdIsAccepted() {
        accept(3, 0);
        assertThat(process(3, 1)).isInstanceOf(Accepted.class);
    }

    @Test
    void forksOfAThirdStopEverything() {
        accept(3, 0);
        accept(3, 1);
        accept(4, 0);
        Halted halted = new Halted(Halted.Proof.FORKS, List.of(3L, 4L), 10, 9, List.of());
        assertThat(process(4, 1)).isEqualTo(halted);
        assertThat(lachesis.process(event(1, 0))).isEqualTo(halted);
        assertThat(lachesis.build(1, List.of())).isEqualTo(halted);
    }

    @Test
    void stoppedStateReopensStopped() {
        accept(1, 0);
        Processed stopped = process(1, 1);
        assertThat(stopped).isInstanceOf(Halted.class);
        Lachesis again = ((Reopened.Open) Lachesis.reopen(lachesis.save(), SealingRule.never())).lachesis();
        assertThat(again.process(event(2, 0))).isEqualTo(stopped);
        assertThat(again.save()).isEqualTo(lachesis.save());
    }

    private void accept(long creator, long salt) {
        assertThat(process(creator, salt)).isInstanceOf(Accepted.class);
    }

    private Processed process(long creator, long salt) {
        return lachesis.process(event(creator, salt));
    }

    private static Event event(long creator, long salt) {
        return new Event(VectorEventId.of(1, 1, 1, creator, 1, salt, List.of()), 1, 1, creator, 1, List.of(), 1);
    }
}
