// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.statemesh.api.Annotations;

/** Watches the pods of a project and keeps the lowest number of ready ones and the highest number of all. */
final class ReadyCount implements AutoCloseable {
    private final Map<String, Boolean> readyByPod = new HashMap<>();
    private final SharedIndexInformer<Pod> pods;
    private final Set<String> live = new HashSet<>();
    private long lowest = Long.MAX_VALUE;
    private int mostLive;

    ReadyCount(KubernetesClient client, String project) {
        pods = client.pods().inNamespace(project).runnableInformer(0);
        pods.start().toCompletableFuture().join();
        pods.getIndexer().list().forEach(this::note);
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

    synchronized int mostLive() {
        return mostLive;
    }

    private synchronized void put(Pod pod) {
        note(pod);
        count();
    }

    private synchronized void note(Pod pod) {
        readyByPod.put(pod.getMetadata().getUid(), isReady(pod));
        if (isLive(pod)) {
            live.add(pod.getMetadata().getUid());
        } else {
            live.remove(pod.getMetadata().getUid());
        }
    }

    private synchronized void remove(Pod pod) {
        readyByPod.remove(pod.getMetadata().getUid());
        live.remove(pod.getMetadata().getUid());
        count();
    }

    private void count() {
        lowest = Math.min(
                lowest,
                readyByPod.values().stream().filter(Boolean::booleanValue).count());
        mostLive = Math.max(mostLive, live.size());
    }

    /** A pod that is on its way out does not count, although it may still answer. */
    private static boolean isReady(Pod pod) {
        return isLive(pod)
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static boolean isLive(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && !pod.getMetadata().getAnnotations().containsKey(Annotations.DRAINING_SINCE);
    }

    @Override
    public void close() {
        pods.close();
    }
}
