// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Reason;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.exact.ExactPatch;
import net.statemesh.zone.install.ZoneManifests;
import net.statemesh.zone.plan.Conditions;
import net.statemesh.zone.plan.node.LeaseWatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads leases from, and writes silence to, the API server itself. */
public final class NodeStatusWriter {
    /** What the API server says about a lease. */
    sealed interface Read {
        /** It did not answer. */
        record Unreachable() implements Read {}

        /** The time that the node wrote; empty when there is no lease. */
        record Renewal(String time) implements Read {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeStatusWriter.class);

    private final KubernetesClient client;
    private final EventRecorder events;
    private final Clock clock;

    public NodeStatusWriter(KubernetesClient client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.clock = clock;
    }

    Read readLease(String node) {
        try {
            Lease lease = client.leases()
                    .inNamespace(ZoneManifests.NODE_LEASE_NAMESPACE)
                    .withName(node)
                    .get();
            return new Read.Renewal(lease == null ? "" : Objects.requireNonNullElse(renewal(lease), ""));
        } catch (KubernetesClientException e) {
            LOG.warn("lease of node={} cannot be read: {}", node, e.getMessage());
            return new Read.Unreachable();
        }
    }

    /** The time that the node wrote last, as text. */
    static @Nullable String renewal(Lease lease) {
        return lease.getSpec() == null || lease.getSpec().getRenewTime() == null
                ? null
                : lease.getSpec().getRenewTime().toString();
    }

    /** Only for a node that is ready: what else its agent said last stays. */
    void markUnknown(Node node) {
        String message = "the node has not renewed its lease for " + LeaseWatch.SILENT_AFTER.toSeconds() + " s";
        tryToMark(node, EventRecorder.WARNING, "Unknown", Reason.NODE_SILENT, message);
    }

    /** Takes {@link #markUnknown} back. */
    void markReporting(Node node) {
        tryToMark(node, EventRecorder.NORMAL, "True", Reason.NODE_REPORTS, "the node renews its lease again");
    }

    private void tryToMark(Node node, String eventType, String ready, String reason, String message) {
        try {
            mark(node, ready, reason, message);
            events.record(node, eventType, reason, message);
        } catch (KubernetesClientException e) {
            LOG.warn("node={} cannot be marked {}: {}", node.getMetadata().getName(), reason, e.getMessage());
        }
    }

    /**
     * Sets the Ready condition, if the node is still as it was seen.
     *
     * @param ready {@code True}, {@code False} or {@code Unknown}
     * @param reason one of {@link Reason}
     * @throws KubernetesClientException when the API server does not take it
     */
    public void mark(Node node, String ready, String reason, String message) {
        NodeCondition condition = new NodeConditionBuilder()
                .withType("Ready")
                .withStatus(ready)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(Conditions.timestamp(clock.instant()))
                .build();
        ExactPatch.status(client, node, Map.of("conditions", List.of(condition)));
        LOG.info("node={} ready={} reason={}", node.getMetadata().getName(), ready, reason);
    }
}
