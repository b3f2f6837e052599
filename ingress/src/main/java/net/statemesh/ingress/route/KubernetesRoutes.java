// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches applications, their pods and the zone's settings, and keeps {@link LiveRoutes} up to date. While the API is away nothing
 * changes; when it is back the watches list everything anew and differences are applied.
 */
public final class KubernetesRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesRoutes.class);
    private static final String BY_APPLICATION = "application";
    private static final long NO_RESYNC = 0;

    private final LiveRoutes routes;
    private final SharedIndexInformer<Application> applications;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<ConfigMap> settings;
    private final Thread worker;
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean everythingChanged = true;
    private boolean closed;
    private volatile boolean synced;

    public KubernetesRoutes(KubernetesClient client, LiveRoutes routes) {
        this.routes = routes;
        applications = client.resources(Application.class).inAnyNamespace().runnableInformer(NO_RESYNC);
        pods = client.pods().inAnyNamespace().withLabel(Labels.APPLICATION).runnableInformer(NO_RESYNC);
        settings = client.configMaps()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(SystemNames.ZONE_CONFIG_MAP)
                .runnableInformer(NO_RESYNC);
        pods.addIndexers(Map.of(BY_APPLICATION, pod -> List.of(applicationOf(pod))));
        applications.addEventHandler(onChange(application -> ApplicationRoutes.key(
                application.getMetadata().getNamespace(),
                application.getMetadata().getName())));
        pods.addEventHandler(onChange(KubernetesRoutes::applicationOf));
        settings.addEventHandler(onChange(any -> ""));
        worker = Thread.ofVirtual().name("routes").unstarted(this::work);
    }

    private static String applicationOf(Pod pod) {
        return ApplicationRoutes.key(
                pod.getMetadata().getNamespace(), pod.getMetadata().getLabels().getOrDefault(Labels.APPLICATION, ""));
    }

    /** Starts watching; returns at once, also when the API cannot be reached yet. */
    public void start() {
        for (SharedIndexInformer<?> informer : List.of(applications, pods, settings)) {
            // whatever went wrong, the routes of before are better than none: go on trying
            informer.exceptionHandler((started, failure) -> true);
            informer.start().whenComplete((done, failure) -> noteChange(""));
        }
        worker.start();
    }

    private <T extends HasMetadata> ResourceEventHandler<T> onChange(java.util.function.Function<T, String> key) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                noteChange(key.apply(added));
            }

            @Override
            public void onUpdate(T before, T after) {
                noteChange(key.apply(before));
                noteChange(key.apply(after));
            }

            @Override
            public void onDelete(T deleted, boolean lastStateUnknown) {
                noteChange(key.apply(deleted));
            }
        };
    }

    /** @param key of an application; empty: all of them */
    private synchronized void noteChange(String key) {
        everythingChanged |= key.isEmpty();
        changed.add(key);
        notifyAll();
    }

    private void work() {
        try {
            for (Set<String> keys = nextChanges(); keys != null; keys = nextChanges()) {
                try {
                    update(keys);
                } catch (IllegalArgumentException e) {
                    LOG.warn("event=settings-not-understood cause=\"{}\"", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for changes; an empty set stands for everything, null for the end. */
    private synchronized @Nullable Set<String> nextChanges() throws InterruptedException {
        while (!closed && (changed.isEmpty() || !isComplete())) {
            wait();
        }
        if (closed) {
            return null;
        }
        Set<String> keys = everythingChanged ? Set.of() : new HashSet<>(changed);
        changed.clear();
        everythingChanged = false;
        return keys;
    }

    /** Half a picture would take routes away: wait until all three lists are there. */
    private boolean isComplete() {
        return applications.hasSynced() && pods.hasSynced() && settings.hasSynced();
    }

    private void update(Set<String> keys) {
        List<ConfigMap> maps = settings.getStore().list();
        if (maps.isEmpty()) {
            LOG.warn("event=no-settings configMap={}/{}", SystemNames.NAMESPACE, SystemNames.ZONE_CONFIG_MAP);
            return;
        }
        ZoneSettings zone = ZoneSettings.from(maps.getFirst());
        List<ApplicationRoutes> wanted = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String key : keys.isEmpty() ? everyKey() : keys) {
            Application application = applications.getStore().getByKey(key);
            if (application == null) {
                removed.add(key);
            } else {
                wanted.add(ApplicationRoutes.of(application, pods.getIndexer().byIndex(BY_APPLICATION, key), zone));
            }
        }
        routes.apply(zone, wanted, removed);
        synced = true;
    }

    private Collection<String> everyKey() {
        Set<String> keys = new HashSet<>(routes.keys());
        keys.addAll(applications.getStore().listKeys());
        return keys;
    }

    /** Whether the routes come from the API since the start, not only from disk. */
    public boolean isSynced() {
        return synced;
    }

    /** Whether all watches are connected at this moment. */
    public boolean isWatching() {
        return applications.isWatching() && pods.isWatching() && settings.isWatching();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        applications.stop();
        pods.stop();
        settings.stop();
    }
}
