// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.time.Duration;
import java.time.Instant;
import net.statemesh.daemon.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * An action that failed and is tried again later.
 *
 * @param reason one word in Kubernetes' terms, for example {@code ErrImagePull}
 * @param count failures in a row
 */
record Failure(String reason, String message, int count, Instant retryAt) {
    static final String IMAGE_PULL = "ErrImagePull";
    static final String IMAGE_PULL_BACK_OFF = "ImagePullBackOff";
    static final String IMAGE_NEVER_PULL = "ErrImageNeverPull";
    static final String CONFIG = "CreateContainerConfigError";
    static final String CREATE = "CreateContainerError";
    static final String RUN = "RunContainerError";
    static final String SANDBOX = "FailedCreatePodSandBox";
    static final String API_AWAY = "ApiAway";

    private static final Backoff API_BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8));

    /** One more failure of the same action at {@code now}. */
    static Failure after(@Nullable Failure previous, String reason, String message, Instant now) {
        int count = previous == null ? 1 : previous.count + 1;
        return new Failure(reason, message, count, now.plus(Restarts.backOff(count - 1)));
    }

    /** The API does not answer: tried again soon, because that is over for all pods at once. */
    static Failure apiAway(@Nullable Failure previous, String message, Instant now) {
        int count = previous == null ? 1 : previous.count + 1;
        return new Failure(API_AWAY, message, count, now.plus(API_BACKOFF.after(count)));
    }

    /** The reason as it is shown at {@code now}: a pull that waits for its next try is in back-off. */
    String shownReason(boolean underWay) {
        return reason.equals(IMAGE_PULL) && count > 1 && !underWay ? IMAGE_PULL_BACK_OFF : reason;
    }
}
