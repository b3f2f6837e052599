// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.statemesh.zone.install.ZoneManifests;

/**
 * Three nodes that run nothing: the image's name says what a real one would report. {@code crash:1} ends at once, {@code gone:1}
 * cannot be pulled, {@code deaf:1} runs and never gets ready; anything else serves.
 */
final class PlayedNodes implements AutoCloseable {
    static final List<String> NAMES = List.of("node-1", "node-2", "node-3");

    private static final int RENEW_SECONDS = 5;

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> renewals;

    PlayedNodes(KubernetesClient client) {
        this.client = client;
        NAMES.forEach(this::join);
        renewals =
                scheduler.scheduleWithFixedDelay(() -> NAMES.forEach(this::renew), 0, RENEW_SECONDS, TimeUnit.SECONDS);
        pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                act(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                act(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                // nothing runs, so nothing has to end
            }
        });
    }

    private void join(String name) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("statemesh.net/node-class", "virtual")
                .endMetadata()
                .build();
        client.nodes().resource(node).create();
        Node status = new NodeBuilder(node)
                .withNewStatus()
                .withCapacity(
                        Map.of("cpu", new Quantity("2"), "memory", new Quantity("4Gi"), "pods", new Quantity("110")))
                .withAllocatable(
                        Map.of("cpu", new Quantity("2"), "memory", new Quantity("4Gi"), "pods", new Quantity("110")))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .endCondition()
                .addNewAddress("127.0.0.1", "InternalIP")
                .endStatus()
                .build();
        client.nodes().resource(status).updateStatus();
    }

    private void renew(String name) {
        client.leases()
                .inNamespace(ZoneManifests.NODE_LEASE_NAMESPACE)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(name)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private void act(Pod pod) {
        if (pod.getSpec().getNodeName() == null) {
            return;
        }
        try {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                client.resource(pod).withGracePeriod(0).delete();
            } else if (pod.getStatus() == null
                    || pod.getStatus().getContainerStatuses().isEmpty()) {
                report(pod);
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e; // gone or changed meanwhile: the next change comes here again
            }
        }
    }

    private void report(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        boolean ready = !image.matches("(crash|gone|deaf):.*");
        Pod reported = new PodBuilder(pod)
                .editOrNewStatus()
                .withPhase(image.startsWith("gone") ? "Pending" : "Running")
                .withPodIP("10.64.1.2")
                .withStartTime(Instant.now().toString())
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withReason(ready ? null : "ContainersNotReady")
                .withLastTransitionTime(Instant.now().toString())
                .endCondition()
                .withContainerStatuses(
                        status(pod.getSpec().getContainers().getFirst().getName(), image, ready))
                .endStatus()
                .build();
        client.resource(reported).updateStatus();
    }

    private static ContainerStatus status(String name, String image, boolean ready) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(name)
                .withImage(image)
                .withImageID(image)
                .withReady(ready)
                .withRestartCount(0);
        if (image.startsWith("gone")) {
            return status.withNewState()
                    .withNewWaiting("manifest unknown: no tag '1'", "ErrImagePull")
                    .endState()
                    .build();
        }
        if (image.startsWith("crash")) {
            return status.withRestartCount(1)
                    .withNewState()
                    .withNewWaiting("back-off 10s", "CrashLoopBackOff")
                    .endState()
                    .withNewLastState()
                    .withNewTerminated()
                    .withExitCode(3)
                    .withReason("Error")
                    .withMessage("panic: no database")
                    .endTerminated()
                    .endLastState()
                    .build();
        }
        return status.withNewState()
                .withNewRunning(Instant.now().toString())
                .endState()
                .build();
    }

    @Override
    public void close() {
        renewals.cancel(true);
        scheduler.shutdownNow();
        pods.close();
        client.close();
    }
}
