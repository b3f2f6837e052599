// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.statemesh.health.protocol.Reached;
import net.statemesh.health.protocol.Timing;
import org.junit.jupiter.api.Test;

class RoundTest {
    private final Set<Integer> living = new HashSet<>();
    private final Round round = new Round(1, 0);

    private List<Integer> ask(List<Integer> candidates, long nowMillis) {
        return round.toAsk(candidates, living::contains, nowMillis);
    }

    @Test
    void witnessesThatFallSilentAreReplacedBeforeTheRoundIsOver() {
        living.addAll(List.of(1, 2));
        assertThat(ask(List.of(1, 2, 3), 0)).containsExactly(1, 2);
        assertThat(round.asks(living::contains, 50)).isFalse();

        living.clear();
        living.addAll(List.of(4, 5));
        assertThat(round.asks(living::contains, 100)).isTrue();
        assertThat(ask(List.of(1, 4, 5), 100)).containsExactly(4, 5);
        assertThat(round.over(Timing.ROUND_MILLIS)).isFalse();
        assertThat(round.over(Timing.ROUND_MILLIS + 100)).isTrue();
    }

    @Test
    void besideWitnessesWhoseAnswersAreLateOthersAreAsked() {
        living.addAll(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        List<Integer> neighbours = List.of(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(ask(neighbours, 0)).containsExactly(1, 2, 3, 4, 5, 6);
        round.answered(1, Reached.NOTHING);
        assertThat(ask(neighbours, Timing.PING_PATIENCE_MILLIS)).containsExactly(2, 3, 4, 5, 6);
        assertThat(ask(neighbours, Timing.PING_PATIENCE_MILLIS + Timing.PING_MILLIS))
                .as("those who are late may still answer")
                .containsExactly(2, 3, 4, 5, 6, 7, 8);
        round.answered(8, Reached.NOTHING);
        assertThat(round.condemns(living::contains, Timing.ENOUGH_MILLIS)).isTrue();
    }

    @Test
    void whoHasAnsweredIsNotAskedAgain() {
        living.addAll(List.of(1, 2));
        ask(List.of(1, 2), 0);
        assertThat(round.answered(1, Reached.NOTHING)).isTrue();
        assertThat(round.answered(7, Reached.NOTHING)).isFalse();
        assertThat(ask(List.of(1, 2), Timing.ASK_AGAIN_MILLIS)).containsExactly(2);
    }

    @Test
    void oneWitnessIsBelievedOnlyWhenNobodyElseIsLeft() {
        living.addAll(List.of(1, 2, 3));
        ask(List.of(1, 2, 3), 0);
        round.answered(1, Reached.NOTHING);
        assertThat(round.condemns(living::contains, Timing.ENOUGH_MILLIS)).isFalse();
        living.removeAll(List.of(2, 3));
        assertThat(round.condemns(living::contains, 1)).isTrue();
    }

    @Test
    void whoReachesTheMachineAcquitsIt() {
        living.addAll(List.of(1, 2, 3));
        ask(List.of(1, 2, 3), 0);
        round.answered(1, Reached.NOTHING);
        round.answered(2, Reached.NOTHING);
        round.answered(3, Reached.MACHINE);
        assertThat(round.condemns(living::contains, Timing.ROUND_MILLIS)).isFalse();
    }

    @Test
    void noSuspectIsAskedAboutWithoutEnd() {
        int asked = 0;
        for (int generation = 0; generation < 100; generation++) {
            int first = 1 + generation * Timing.WITNESSES;
            List<Integer> fresh =
                    IntStream.range(first, first + Timing.WITNESSES).boxed().toList();
            living.clear();
            living.addAll(fresh);
            asked += ask(fresh, generation).size();
        }
        assertThat(asked).isEqualTo(4 * Timing.WITNESSES);
    }
}
