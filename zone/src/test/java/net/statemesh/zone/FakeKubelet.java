// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.statemesh.zone.install.ZoneManifests;

/**
 * Runs pods on every node without running anything. What becomes of a container is written in its image: {@code crash…} ends with code
 * 1 again and again, {@code missing…} cannot be pulled, {@code deaf…} runs and is never ready, everything else is ready at once.
 */
final class FakeKubelet implements AutoCloseable {
    private static final int RENEWAL_SECONDS = 10;

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> deadNodes = new ConcurrentHashMap<>();
    private final Set<String> leases = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean holding;

    FakeKubelet(KubernetesClient client) {
        this.client = client;
        var _ = heart.scheduleWithFixedDelay(this::renewAll, RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS);
        this.pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                worker.execute(() -> attend(pod));
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                worker.execute(() -> attend(pod));
            }

            @Override
            public void onDelete(Pod pod, boolean finalStateUnknown) {
                reported.remove(pod.getMetadata().getUid());
            }
        });
    }

    /** From now on nothing happens on this node any more. */
    void die(String node) {
        deadNodes.put(node, true);
        leases.remove(node);
    }

    /** From now on this node renews its lease. */
    void live(String node) {
        leases.add(node);
        renew(node);
    }

    private void renew(String node) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(ZoneManifests.NODE_LEASE_NAMESPACE)
                        .withName(node)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(node)
                        .withRenewTime(ZonedDateTime.now(Clock.systemUTC()))
                        .endSpec()
                        .build())
                .createOr(existing -> existing.update());
    }

    private void renewAll() {
        try {
            leases.forEach(this::renew);
        } catch (KubernetesClientException e) {
            // the next renewal is soon enough
        }
    }

    /** From now on pods that are new to their node stay as they are. */
    void holdBack() {
        holding = true;
    }

    /** Takes up what was held back. */
    void goOn() {
        holding = false;
        pods.getIndexer().list().forEach(pod -> worker.execute(() -> attend(pod)));
    }

    private void attend(Pod pod) {
        String node = pod.getSpec().getNodeName();
        boolean ending = pod.getMetadata().getDeletionTimestamp() != null;
        if (node == null || deadNodes.containsKey(node) || (holding && !ending)) {
            return;
        }
        try {
            if (ending) {
                client.resource(pod).withGracePeriod(0).delete();
            } else if (reported.add(pod.getMetadata().getUid())) {
                client.pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .editStatus(current -> {
                            current.setStatus(status(current));
                            return current;
                        });
            }
        } catch (KubernetesClientException e) {
            reported.remove(pod.getMetadata().getUid());
            if (e.getCode() != 404) {
                worker.execute(() -> attend(pod));
            }
        }
    }

    private static PodStatus status(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        boolean ready = !image.startsWith("crash") && !image.startsWith("missing") && !image.startsWith("deaf");
        return new PodStatusBuilder()
                .withPhase(image.startsWith("missing") ? "Pending" : "Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .withContainerStatuses(pod.getSpec().getContainers().stream()
                        .map(container -> containerStatus(container.getName(), container.getImage(), ready))
                        .toList())
                .build();
    }

    private static ContainerStatus containerStatus(String name, String image, boolean ready) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(name)
                .withImage(image)
                .withImageID("")
                .withReady(ready)
                .withRestartCount(image.startsWith("crash") ? 2 : 0);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        if (image.startsWith("missing")) {
            return status.withNewState()
                    .withNewWaiting("registry says: manifest unknown", "ErrImagePull")
                    .endState()
                    .build();
        }
        if (image.startsWith("crash")) {
            return status.withNewState()
                    .withNewWaiting("back-off", "CrashLoopBackOff")
                    .endState()
                    .withNewLastState()
                    .withNewTerminated()
                    .withExitCode(1)
                    .withReason("Error")
                    .withMessage("cannot open /data")
                    .endTerminated()
                    .endLastState()
                    .build();
        }
        return status.withNewState().withNewRunning(now).endState().build();
    }

    @Override
    public void close() {
        pods.close();
        heart.shutdownNow();
        worker.shutdownNow();
        client.close();
    }
}
