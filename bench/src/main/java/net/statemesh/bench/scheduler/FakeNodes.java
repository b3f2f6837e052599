// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Nodes that only exist as objects, and pods for them alone: they can be bound and never run. */
final class FakeNodes {
    static final int NODES = 100;
    private static final String NAMESPACE = "statemesh-bench-";
    /** As projects: a namespace may hold only so much. */
    private static final int NAMESPACES = 10;

    private static final String MARK = "statemesh.net/bench";
    private static final int AT_ONCE = 32;

    private final KubernetesClient client;

    FakeNodes(KubernetesClient client) {
        this.client = client;
    }

    void create() throws InterruptedException, ExecutionException {
        all(
                NAMESPACES,
                i -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(NAMESPACE + i)
                                .endMetadata()
                                .build())
                        .create());
        all(NODES, i -> {
            Node node = node(i);
            Node created = client.resource(node).create();
            created.setStatus(node.getStatus());
            client.resource(created).updateStatus();
        });
    }

    void createPods(String scheduler, String prefix, int count) throws InterruptedException, ExecutionException {
        all(
                count,
                i -> client.resource(pod(scheduler, NAMESPACE + i % NAMESPACES, prefix + i))
                        .create());
    }

    void removePods() throws InterruptedException, ExecutionException {
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems().stream()
                .filter(FakeNodes::holds)
                .toList();
        all(pods.size(), i -> client.resource(pods.get(i)).withGracePeriod(0).delete());
    }

    void remove() throws InterruptedException, ExecutionException {
        removePods();
        all(NODES, i -> client.nodes().withName("bench-" + i).delete());
        all(NAMESPACES, i -> client.namespaces().withName(NAMESPACE + i).delete());
    }

    private static Node node(int number) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("bench-" + number)
                .addToLabels(MARK, "true")
                .addToLabels("kubernetes.io/hostname", "bench-" + number)
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", MARK, null, "true")
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addToCapacity("cpu", new Quantity("64"))
                .addToCapacity("memory", new Quantity("256Gi"))
                .addToCapacity("pods", new Quantity("110"))
                .addToAllocatable("cpu", new Quantity("64"))
                .addToAllocatable("memory", new Quantity("256Gi"))
                .addToAllocatable("pods", new Quantity("110"))
                .endStatus()
                .build();
    }

    static boolean holds(Pod pod) {
        return pod.getMetadata().getNamespace().startsWith(NAMESPACE);
    }

    private static Pod pod(String scheduler, String namespace, String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("statemesh.net/application", "bench")
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(scheduler)
                .withAutomountServiceAccountToken(false)
                .addToNodeSelector(MARK, "true")
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .addNewContainer()
                .withName("web")
                .withImage("registry/bench:1")
                .withNewResources()
                .addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static void all(int count, IntConsumer each) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                done.add(threads.submit(() -> each.accept(number)));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }
}
