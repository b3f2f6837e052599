// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.probe;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;

/**
 * What one probe of one container has found so far. Pure: the time and the answers are handed in.
 *
 * @param outcome the verdict by the thresholds of the probe
 * @param streak how many answers in a row were like the last one
 * @param lastAnswer the last answer; meaningless while {@code streak} is 0
 * @param everSucceeded whether the outcome was ever a success
 * @param nextAt when to ask again
 */
public record ProbeState(Outcome outcome, int streak, boolean lastAnswer, boolean everSucceeded, Instant nextAt) {
    private static final int DEFAULT_PERIOD_SECONDS = 10;
    private static final int DEFAULT_FAILURE_THRESHOLD = 3;
    /** Until a container was ready once, readiness is asked at growing intervals from this one up to its period. */
    private static final Duration WARM_UP = Duration.ofMillis(100);

    private static final int MAX_DOUBLINGS = 16;

    /** Verdict of a probe. */
    public enum Outcome {
        UNKNOWN,
        SUCCESS,
        FAILURE
    }

    /** State of a probe that has not been asked yet. */
    public static ProbeState initial(ProbeKind kind, Probe probe, Instant containerStartedAt) {
        Outcome outcome = switch (kind) {
            case STARTUP -> Outcome.UNKNOWN;
            case LIVENESS -> Outcome.SUCCESS;
            case READINESS -> Outcome.FAILURE;
        };
        return new ProbeState(
                outcome, 0, false, false, containerStartedAt.plusSeconds(orDefault(probe.getInitialDelaySeconds(), 0)));
    }

    /** State of a probe whose last verdict before the agent's restart was a success. */
    public static ProbeState adopted(Probe probe, Instant now) {
        return new ProbeState(Outcome.SUCCESS, 1, true, true, now);
    }

    /** The state after one more answer at {@code now}. */
    public ProbeState answered(ProbeKind kind, Probe probe, boolean success, Instant now) {
        int newStreak = streak > 0 && lastAnswer == success ? streak + 1 : 1;
        int threshold = success
                ? orDefault(probe.getSuccessThreshold(), 1)
                : orDefault(probe.getFailureThreshold(), DEFAULT_FAILURE_THRESHOLD);
        Outcome newOutcome = newStreak < threshold ? outcome : success ? Outcome.SUCCESS : Outcome.FAILURE;
        boolean succeeded = everSucceeded || (success && newOutcome == Outcome.SUCCESS);
        Duration period = Duration.ofSeconds(Math.max(1, orDefault(probe.getPeriodSeconds(), DEFAULT_PERIOD_SECONDS)));
        boolean warmingUp = kind == ProbeKind.READINESS && !succeeded;
        return new ProbeState(
                newOutcome, newStreak, success, succeeded, now.plus(warmingUp ? warmUp(newStreak, period) : period));
    }

    private static Duration warmUp(int streak, Duration period) {
        Duration delay = WARM_UP.multipliedBy(1L << Math.min(streak - 1, MAX_DOUBLINGS));
        return delay.compareTo(period) < 0 ? delay : period;
    }

    private static int orDefault(Integer value, int fallback) {
        return value == null || value < 0 ? fallback : value;
    }
}
