// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import net.statemesh.daemon.Daemon;
import net.statemesh.node.kube.NodeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the node as soon as the API answers, and writes its status whenever its health changed. */
public final class NodeRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final int NOT_FOUND = 404;
    private static final Duration CHECK = Duration.ofSeconds(10);

    private final NodeApi api;
    private final NodeFacts facts;
    private final Supplier<NodeHealth> health;
    private final Clock clock;
    private final Daemon worker;
    private boolean registered;
    private @Nullable NodeStatus delivered;

    public NodeRegistration(NodeApi api, NodeFacts facts, Supplier<NodeHealth> health, Clock clock) {
        this.api = api;
        this.facts = facts;
        this.health = health;
        this.clock = clock;
        this.worker = Daemon.start("registration", Set.of(KubernetesClientException.class), this::report);
    }

    private Duration report() {
        NodeStatus status = NodeObjects.status(facts, health.get(), delivered, clock.instant());
        if (!registered) {
            api.register(NodeObjects.node(facts, status));
            registered = true;
            LOG.info("node={} registered", facts.name());
        }
        if (!status.equals(delivered)) {
            try {
                api.patchNodeStatus(NodeObjects.node(facts, status));
            } catch (KubernetesClientException e) {
                // somebody deleted the Node while this agent lives: the next turn makes it again
                registered = e.getCode() != NOT_FOUND;
                throw e;
            }
            delivered = status;
        }
        return CHECK;
    }

    @Override
    public void close() {
        worker.close();
    }
}
