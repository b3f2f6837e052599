// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.ConditionTypes;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.exact.ExactPatch;
import net.statemesh.zone.plan.Conditions;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on each drained node which replicas are still there. Who moves them is each application's own controller. */
public final class DrainController implements AutoCloseable {
    private static final int WORKERS = 1;
    private static final Logger LOG = LoggerFactory.getLogger(DrainController.class);

    private final KubernetesClient client;
    private final ZoneCache cache;
    private final EventRecorder events;
    private final Clock clock;
    private final WorkQueue<String> queue = new WorkQueue<>();
    private final Workers<String> workers;

    public DrainController(KubernetesClient client, ZoneCache cache, EventRecorder events, Clock clock) {
        this.client = client;
        this.cache = cache;
        this.events = events;
        this.clock = clock;
        cache.nodes().addEventHandler(ChangeHandler.of(node -> addIfWorthALook(node), gone -> {}));
        cache.pods().addEventHandler(ChangeHandler.of(this::podChanged, this::podChanged));
        this.workers = Workers.start("drain", WORKERS, queue, this::reconcile);
    }

    @Override
    public void close() {
        workers.close();
    }

    private void podChanged(Pod pod) {
        String name = pod.getSpec().getNodeName();
        Node node = name == null ? null : cache.nodes().getIndexer().getByKey(name);
        if (node != null) {
            addIfWorthALook(node);
        }
    }

    private void addIfWorthALook(Node node) {
        if (DrainedNodes.by(node).isPresent() || DrainProgress.condition(node).isPresent()) {
            queue.add(node.getMetadata().getName());
        }
    }

    private void reconcile(String name) {
        Node node = cache.nodes().getIndexer().getByKey(name);
        if (node == null) {
            return;
        }
        DrainProgress.of(node, cache.pods().getIndexer().list())
                .filter(progress -> !progress.isSaidBy(node))
                .ifPresent(progress -> say(node, progress));
    }

    /** A conflict brings the node back here. */
    private void say(Node node, DrainProgress progress) {
        Optional<NodeCondition> before = DrainProgress.condition(node);
        boolean news = before.filter(said -> progress.reason().equals(said.getReason()))
                .isEmpty();
        String since = news || before.isEmpty()
                ? Conditions.timestamp(clock.instant())
                : before.get().getLastTransitionTime();
        Map<String, Object> condition = Map.of(
                "type", ConditionTypes.DRAINED,
                "status", progress.status(),
                "reason", progress.reason(),
                "message", progress.message(),
                "lastTransitionTime", since);
        ExactPatch.status(client, node, Map.of("conditions", List.of(condition)));
        if (news) {
            LOG.info("node={} drain={} {}", node.getMetadata().getName(), progress.reason(), progress.message());
            events.record(node, EventRecorder.NORMAL, progress.reason(), progress.message());
        }
    }
}
