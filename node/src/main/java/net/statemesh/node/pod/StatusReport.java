// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import net.statemesh.daemon.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the status of one pod to the API: only when it is news, and again later when the API was away. */
final class StatusReport {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8));

    private final NodeServices node;
    private @Nullable PodStatus delivered;
    private int failures;
    private Instant retryAt = Instant.EPOCH;

    StatusReport(NodeServices node) {
        this.node = node;
    }

    /** Whether the API does not know this status yet. */
    boolean isNews(Pod pod, PodStatus status) {
        PodStatus known = delivered != null ? delivered : pod.getStatus();
        return !status.equals(known);
    }

    Instant retryAt() {
        return retryAt;
    }

    /** Blocks; answers why it failed. A pod that is gone needs no status. */
    @Nullable
    RuntimeException send(Pod pod, PodStatus status) {
        try {
            node.api().patchPodStatus(pod, status);
            return null;
        } catch (KubernetesClientException e) {
            LOG.debug("pod={} status not delivered", pod.getMetadata().getName(), e);
            return e;
        } catch (RuntimeException e) {
            LOG.error("pod={} status not delivered", pod.getMetadata().getName(), e);
            return e;
        }
    }

    void sent(PodStatus status, @Nullable RuntimeException failure, Instant now) {
        if (failure == null) {
            delivered = status;
            failures = 0;
            retryAt = Instant.EPOCH;
        } else {
            failures++;
            retryAt = now.plus(BACKOFF.after(failures));
        }
    }
}
