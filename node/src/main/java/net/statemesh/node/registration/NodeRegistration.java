// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.statemesh.node.kube.NodeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the node as soon as the API answers, and writes its status whenever its health changed. */
public final class NodeRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final int MAX_DOUBLINGS = 5;

    private final NodeApi api;
    private final NodeFacts facts;
    private final Supplier<NodeHealth> health;
    private final Clock clock;
    private final Thread worker;
    private boolean registered;
    private @Nullable NodeStatus delivered;

    public NodeRegistration(NodeApi api, NodeFacts facts, Supplier<NodeHealth> health, Clock clock) {
        this.api = api;
        this.facts = facts;
        this.health = health;
        this.clock = clock;
        this.worker = Thread.ofVirtual().name("registration").start(this::run);
    }

    private void run() {
        int failures = 0;
        try {
            while (true) {
                try {
                    report();
                    failures = 0;
                } catch (KubernetesClientException e) {
                    if (failures == 0) {
                        LOG.info("node={} API is away, trying again: {}", facts.name(), String.valueOf(e.getMessage()));
                    }
                    failures++;
                }
                Duration wait =
                        failures == 0 ? CHECK : FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report() {
        NodeStatus status = NodeObjects.status(facts, health.get(), delivered, clock.instant());
        if (!registered) {
            api.register(NodeObjects.node(facts, status));
            registered = true;
            LOG.info("node={} registered", facts.name());
        }
        if (!status.equals(delivered)) {
            api.patchNodeStatus(NodeObjects.node(facts, status));
            delivered = status;
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
