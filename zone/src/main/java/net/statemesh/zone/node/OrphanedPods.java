// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.api.Reason;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.exact.ExactDeletion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends pods of projects whose node is gone: nobody else could confirm their end, so they would stay for ever, whoever owns them. Pods
 * outside of projects are the cluster's own. Used by one thread.
 */
public final class OrphanedPods {
    /** Time for the node to come back, and for the application's own controller to replace its replicas. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPods.class);

    private final KubernetesClient client;
    private final ZoneCache cache;
    private final EventRecorder events;
    private final Map<String, Long> orphanedSinceNanos = new HashMap<>();

    public OrphanedPods(KubernetesClient client, ZoneCache cache, EventRecorder events) {
        this.client = client;
        this.cache = cache;
        this.events = events;
    }

    /** One look; asks the API server itself before it ends anything. */
    void collect(long nowNanos) {
        List<Pod> orphans = cache.pods().getIndexer().list().stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .filter(pod ->
                        cache.projects().getIndexer().getByKey(pod.getMetadata().getNamespace()) != null)
                .filter(pod -> cache.nodes().getIndexer().getByKey(pod.getSpec().getNodeName()) == null)
                .toList();
        Set<String> uids =
                orphans.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
        orphanedSinceNanos.keySet().retainAll(uids);
        for (Pod pod : orphans) {
            long since = orphanedSinceNanos.computeIfAbsent(pod.getMetadata().getUid(), unknown -> nowNanos);
            if (nowNanos - since >= GRACE.toNanos()
                    && client.nodes().withName(pod.getSpec().getNodeName()).get() == null) {
                end(pod);
            }
        }
    }

    private void end(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        ExactDeletion.endAtOnce(client, pod);
        String node = pod.getSpec().getNodeName();
        LOG.info("ended pod={}/{} reason={} node={}", namespace, name, Reason.NODE_GONE, node);
        events.record(pod, EventRecorder.WARNING, Reason.NODE_GONE, "its node " + node + " does not exist any more");
    }
}
