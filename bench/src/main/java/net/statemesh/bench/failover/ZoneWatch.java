// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.failover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;

/** Nodes and replicas as anybody who watches the API sees them, and when. */
final class ZoneWatch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final KubernetesClient client;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();

    ZoneWatch(Path kubeconfig, String application) throws IOException {
        Config access = Config.fromKubeconfig(Files.readString(kubeconfig));
        // the client takes PKCS #8 keys for RSA unless told
        access.setClientKeyAlgo("EC");
        client = new KubernetesClientBuilder().withConfig(access).build();
        client.nodes().inform(keeping(nodes));
        client.pods()
                .inAnyNamespace()
                .withLabel(Labels.APPLICATION, application)
                .inform(keeping(pods));
    }

    private <T extends HasMetadata> ResourceEventHandler<T> keeping(Map<String, T> objects) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                objects.put(object.getMetadata().getName(), object);
                changed();
            }

            @Override
            public void onUpdate(T before, T after) {
                onAdd(after);
            }

            @Override
            public void onDelete(T object, boolean lastStateUnknown) {
                objects.remove(object.getMetadata().getName());
                changed();
            }
        };
    }

    private synchronized void changed() {
        notifyAll();
    }

    /** Waits for it, and says when it was first seen to be so. */
    synchronized Instant when(String what, BooleanSupplier state) throws InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        while (!state.getAsBoolean()) {
            long leftMillis = Duration.between(Instant.now(), limit).toMillis();
            if (leftMillis <= 0) {
                throw new IllegalStateException("not seen within " + LIMIT.toSeconds() + " s: " + what);
            }
            wait(leftMillis);
        }
        return Instant.now();
    }

    boolean isDead(String node) {
        return has(node, "False", Reason.NODE_DEAD::equals);
    }

    boolean isReady(String node) {
        return has(node, "True", any -> true);
    }

    private boolean has(String name, String status, Predicate<String> reason) {
        Node node = nodes.get(name);
        return node != null
                && StatusConditions.of(node, StatusConditions.READY)
                        .filter(condition -> status.equals(condition.getStatus()))
                        .filter(condition -> reason.test(String.valueOf(condition.getReason())))
                        .isPresent();
    }

    /** Ready replicas on all other nodes than this one. */
    long readyElsewhere(String node) {
        return pods.values().stream()
                .filter(pod -> !node.equals(pod.getSpec().getNodeName()))
                .filter(ZoneWatch::isReady)
                .count();
    }

    boolean hasReplicas(String node) {
        return pods.values().stream().anyMatch(pod -> node.equals(pod.getSpec().getNodeName()) && isReady(pod));
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && StatusConditions.isReady(pod);
    }

    @Override
    public void close() {
        client.close();
    }
}
