// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.Map;

/** Watches the pods of a project and keeps the lowest number of ready ones and the highest number of all. */
final class ReadyCount implements AutoCloseable {
    private final Map<String, Boolean> readyByPod = new HashMap<>();
    private final SharedIndexInformer<Pod> pods;
    private long lowest = Long.MAX_VALUE;
    private int mostPods;

    ReadyCount(KubernetesClient client, String project) {
        pods = client.pods().inNamespace(project).runnableInformer(0);
        pods.start().toCompletableFuture().join();
        pods.getIndexer().list().forEach(pod -> readyByPod.put(pod.getMetadata().getUid(), isReady(pod)));
        pods.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                put(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                put(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean finalStateUnknown) {
                remove(pod);
            }
        });
    }

    synchronized long lowest() {
        return lowest;
    }

    synchronized int mostPods() {
        return mostPods;
    }

    private synchronized void put(Pod pod) {
        readyByPod.put(pod.getMetadata().getUid(), isReady(pod));
        count();
    }

    private synchronized void remove(Pod pod) {
        readyByPod.remove(pod.getMetadata().getUid());
        count();
    }

    private void count() {
        lowest = Math.min(
                lowest,
                readyByPod.values().stream().filter(Boolean::booleanValue).count());
        mostPods = Math.max(mostPods, readyByPod.size());
    }

    /** A pod that is being ended does not count, although it may still answer. */
    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        pods.close();
    }
}
