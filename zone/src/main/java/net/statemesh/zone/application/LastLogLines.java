// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.zone.plan.application.LastWords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server for the end of a running replica's log. */
final class LastLogLines {
    private static final int MAX_BYTES = 16 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(LastLogLines.class);

    private final KubernetesClient client;

    LastLogLines(KubernetesClient client) {
        this.client = client;
    }

    /** Of its first container; none when nobody can tell them. */
    List<String> of(String namespace, @Nullable String replica) {
        if (replica == null) {
            return List.of();
        }
        try {
            var pod = client.pods().inNamespace(namespace).withName(replica);
            return LastWords.lines(pod.limitBytes(MAX_BYTES)
                    .tailingLines(ReleaseFailure.MAX_LOG_LINES)
                    .getLog());
        } catch (KubernetesClientException e) {
            LOG.info("no log of replica={}: {}", replica, e.getMessage());
            return List.of();
        }
    }
}
