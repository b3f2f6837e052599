// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.Objects;
import net.statemesh.api.Reason;
import net.statemesh.zone.event.EventRecorder;
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

    void markUnknown(Node node) {
        String now = Conditions.timestamp(clock.instant());
        String message = "the node has not renewed its lease for " + LeaseWatch.SILENT_AFTER.toSeconds() + " s";
        String patch = """
                {"status":{"conditions":[{"type":"Ready","status":"Unknown","reason":"%s","message":"%s",\
                "lastTransitionTime":"%s"}]}}""".formatted(Reason.NODE_SILENT, message, now);
        try {
            client.nodes()
                    .withName(node.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
            events.record(node, EventRecorder.WARNING, Reason.NODE_SILENT, message);
            LOG.warn("silent node={}", node.getMetadata().getName());
        } catch (KubernetesClientException e) {
            LOG.warn("node={} cannot be marked silent: {}", node.getMetadata().getName(), e.getMessage());
        }
    }
}
