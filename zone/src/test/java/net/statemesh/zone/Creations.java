// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.Labels;

/** The pods of a project that are made from now on, in their order. */
final class Creations implements AutoCloseable {
    private final List<String> applications = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final Watch watch;

    Creations(KubernetesClient client, String project) {
        String now = client.pods().inNamespace(project).list().getMetadata().getResourceVersion();
        watch = client.pods().inNamespace(project).withResourceVersion(now).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                if (action == Action.ADDED) {
                    made(pod);
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
    }

    private synchronized void made(Pod pod) {
        applications.add(pod.getMetadata().getLabels().get(Labels.APPLICATION));
        nanos.add(System.nanoTime());
    }

    synchronized int count() {
        return applications.size();
    }

    synchronized List<String> applications() {
        return List.copyOf(applications);
    }

    /** From one creation to another. */
    synchronized Duration between(int first, int second) {
        return Duration.ofNanos(nanos.get(second) - nanos.get(first));
    }

    @Override
    public void close() {
        watch.close();
    }
}
