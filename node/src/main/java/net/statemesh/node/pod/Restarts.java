// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.time.Duration;
import java.time.Instant;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.Labels;

/**
 * How long a container that ended waits before it runs again. A step counts quick ends in a row and travels with the container as
 * an annotation, so that an agent that was restarted goes on counting.
 */
final class Restarts {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);
    private static final Duration LIVED_LONG = Duration.ofMinutes(10);
    private static final int MAX_STEP = 16;

    private Restarts() {}

    /** Step of the container that follows {@code ended}. */
    static int nextStep(ContainerView ended) {
        return ended.lifetime().compareTo(LIVED_LONG) >= 0 ? 1 : Math.min(step(ended) + 1, MAX_STEP);
    }

    /** When the container that follows {@code ended} may start. */
    static Instant dueAt(ContainerView ended) {
        Instant end = ended.finishedAt().equals(Instant.EPOCH) ? ended.createdAt() : ended.finishedAt();
        return end.plus(delay(nextStep(ended)));
    }

    /** The first restart is immediate, the next waits 10 s, then twice as long each time up to 5 minutes. */
    static Duration delay(int step) {
        return step <= 1 ? Duration.ZERO : backOff(step - 2);
    }

    /** 10 s doubled {@code count} times, at most 5 minutes. */
    static Duration backOff(int count) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(count, MAX_STEP));
        return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
    }

    private static int step(ContainerView container) {
        try {
            return Math.max(0, Integer.parseInt(container.annotations().getOrDefault(Labels.RESTART_STEP, "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
