// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;
import java.time.Instant;
import net.statemesh.node.probe.ProbeState.Outcome;
import org.junit.jupiter.api.Test;

class ProbeStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Probe PROBE = new ProbeBuilder()
            .withInitialDelaySeconds(5)
            .withPeriodSeconds(10)
            .withSuccessThreshold(2)
            .withFailureThreshold(3)
            .build();

    @Test
    void firstQuestionComesAfterTheInitialDelay() {
        assertThat(ProbeState.initial(ProbeKind.LIVENESS, PROBE, START).nextAt())
                .isEqualTo(START.plusSeconds(5));
    }

    @Test
    void verdictsBeforeTheFirstAnswerAreCautious() {
        assertThat(ProbeState.initial(ProbeKind.LIVENESS, PROBE, START).outcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(ProbeState.initial(ProbeKind.READINESS, PROBE, START).outcome())
                .isEqualTo(Outcome.FAILURE);
        assertThat(ProbeState.initial(ProbeKind.STARTUP, PROBE, START).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void onlyAsManyAnswersInARowAsTheThresholdTurnTheVerdict() {
        ProbeState state = ProbeState.initial(ProbeKind.LIVENESS, PROBE, START);
        state = answers(state, ProbeKind.LIVENESS, false, false);
        assertThat(state.outcome()).isEqualTo(Outcome.SUCCESS);
        state = answers(state, ProbeKind.LIVENESS, true, false, false);
        assertThat(state.outcome()).isEqualTo(Outcome.SUCCESS);
        state = answers(state, ProbeKind.LIVENESS, false);
        assertThat(state.outcome()).isEqualTo(Outcome.FAILURE);
        state = answers(state, ProbeKind.LIVENESS, true);
        assertThat(state.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(answers(state, ProbeKind.LIVENESS, true).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void readinessIsAskedOftenUntilTheContainerWasReadyOnce() {
        ProbeState state = ProbeState.initial(ProbeKind.READINESS, PROBE, START);
        long[] waits = new long[10];
        Instant now = state.nextAt();
        for (int i = 0; i < waits.length; i++) {
            state = state.answered(ProbeKind.READINESS, PROBE, false, now);
            waits[i] = Duration.between(now, state.nextAt()).toMillis();
            now = state.nextAt();
        }
        assertThat(waits).containsExactly(100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000);
        state = answers(state, ProbeKind.READINESS, true, true, false);
        assertThat(Duration.between(START, state.nextAt())).isEqualTo(Duration.ofSeconds(10));
    }

    private static ProbeState answers(ProbeState from, ProbeKind kind, boolean... answers) {
        ProbeState state = from;
        for (boolean answer : answers) {
            state = state.answered(kind, PROBE, answer, START);
        }
        return state;
    }
}
