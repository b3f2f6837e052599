// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One container as the runtime shows it.
 *
 * @param attempt 0 for the first container of this name, one more for each that followed
 * @param startedAt {@link Instant#EPOCH} while not started
 * @param finishedAt {@link Instant#EPOCH} while not ended
 * @param reason the runtime's one word for how it ended, for example {@code OOMKilled}
 * @param imageRef digest or id of the image in use
 */
public record ContainerView(
        String id,
        String sandboxId,
        String name,
        int attempt,
        State state,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        int exitCode,
        String reason,
        String message,
        String image,
        String imageRef,
        Map<String, String> annotations) {

    /** Where a container is in its life. */
    public enum State {
        CREATED,
        RUNNING,
        EXITED,
        UNKNOWN
    }

    public boolean running() {
        return state == State.RUNNING;
    }

    public boolean exited() {
        return state == State.EXITED;
    }

    public ContainerView withMessage(String words) {
        return new ContainerView(
                id,
                sandboxId,
                name,
                attempt,
                state,
                createdAt,
                startedAt,
                finishedAt,
                exitCode,
                reason,
                words,
                image,
                imageRef,
                annotations);
    }

    /** How long the process lived; zero when it never started. */
    public Duration lifetime() {
        return startedAt.equals(Instant.EPOCH) || finishedAt.isBefore(startedAt)
                ? Duration.ZERO
                : Duration.between(startedAt, finishedAt);
    }
}
