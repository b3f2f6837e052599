// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.daemon.Daemon;
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
    /** Of a list, taken in and reduced before the next are asked for. */
    private static final long PAGE_OBJECTS = 500;

    private final LiveRoutes routes;
    private final SharedIndexInformer<Application> applications;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<ConfigMap> settings;
    private final Set<String> deadNodes = ConcurrentHashMap.newKeySet();
    private final Set<String> changed = new LinkedHashSet<>();
    private @Nullable Daemon worker;
    private boolean everythingChanged = true;
    private volatile boolean synced;

    public KubernetesRoutes(KubernetesClient client, LiveRoutes routes) {
        this.routes = routes;
        applications = client.resources(Application.class)
                .inAnyNamespace()
                .withLimit(PAGE_OBJECTS)
                .runnableInformer(NO_RESYNC)
                .itemStore(RoutedParts.ofApplications());
        pods = client.pods()
                .inAnyNamespace()
                .withLabel(Labels.APPLICATION)
                .withLimit(PAGE_OBJECTS)
                .runnableInformer(NO_RESYNC)
                .itemStore(RoutedParts.ofPods());
        nodes = client.nodes().runnableInformer(NO_RESYNC);
        settings = client.configMaps()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(SystemNames.ZONE_CONFIG_MAP)
                .runnableInformer(NO_RESYNC);
        pods.addIndexers(Map.of(BY_APPLICATION, pod -> List.of(applicationOf(pod))));
        applications.addEventHandler(onChange(application -> ApplicationRoutes.key(
                application.getMetadata().getNamespace(),
                application.getMetadata().getName())));
        pods.addEventHandler(onChange(KubernetesRoutes::applicationOf));
        nodes.addEventHandler(new DeadNodes(deadNodes, this::noteNode));
        settings.addEventHandler(onChange(any -> ""));
    }

    private static String applicationOf(Pod pod) {
        return ApplicationRoutes.key(
                pod.getMetadata().getNamespace(), pod.getMetadata().getLabels().getOrDefault(Labels.APPLICATION, ""));
    }

    /** Starts watching; returns at once, also when the API cannot be reached yet. */
    public void start() {
        for (SharedIndexInformer<?> informer : List.of(applications, pods, nodes, settings)) {
            // whatever went wrong, the routes of before are better than none: go on trying
            informer.exceptionHandler((started, failure) -> true);
            informer.start().whenComplete((done, failure) -> noteChange(""));
        }
        worker = Daemon.start("routes", Set.of(), this::applyChanges);
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

    /** A node died or came back. */
    private void noteNode(String node) {
        pods.getStore().list().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .map(KubernetesRoutes::applicationOf)
                .forEach(this::noteChange);
    }

    /** @param key of an application; empty: all of them */
    private synchronized void noteChange(String key) {
        everythingChanged |= key.isEmpty();
        changed.add(key);
        notifyAll();
    }

    private Duration applyChanges() throws InterruptedException {
        Set<String> keys = nextChanges();
        boolean applied = false;
        try {
            update(keys);
            applied = true;
        } finally {
            if (!applied) {
                noteChanges(keys);
            }
        }
        return Duration.ZERO;
    }

    /** What could not be applied comes again with what changes meanwhile. */
    private void noteChanges(Set<String> keys) {
        if (keys.isEmpty()) {
            noteChange("");
        } else {
            keys.forEach(this::noteChange);
        }
    }

    /** Waits for changes; an empty set stands for everything. */
    private synchronized Set<String> nextChanges() throws InterruptedException {
        while (changed.isEmpty() || !isComplete()) {
            wait();
        }
        Set<String> keys = everythingChanged ? Set.of() : new HashSet<>(changed);
        changed.clear();
        everythingChanged = false;
        return keys;
    }

    /** Half a picture would take routes away: wait until all lists are there. */
    private boolean isComplete() {
        return applications.hasSynced() && pods.hasSynced() && nodes.hasSynced() && settings.hasSynced();
    }

    private void update(Set<String> keys) {
        List<ConfigMap> maps = settings.getStore().list();
        if (maps.isEmpty()) {
            LOG.warn("event=no-settings configMap={}/{}", SystemNames.NAMESPACE, SystemNames.ZONE_CONFIG_MAP);
            return;
        }
        ZoneSettings zone;
        try {
            zone = ZoneSettings.from(maps.getFirst());
        } catch (IllegalArgumentException e) {
            // the next settings change every route, so nothing is lost by waiting for them
            LOG.warn("event=settings-not-understood cause=\"{}\"", e.getMessage());
            return;
        }
        List<ApplicationRoutes> wanted = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String key : keys.isEmpty() ? everyKey() : keys) {
            Application application = applications.getStore().getByKey(key);
            if (application == null) {
                removed.add(key);
            } else {
                routesOf(key, application, zone).ifPresent(wanted::add);
            }
        }
        routes.apply(zone, wanted, removed, lost(zone));
        synced = true;
    }

    /** One application that cannot be understood keeps the routes it has, and is in nobody's way. */
    private Optional<ApplicationRoutes> routesOf(String key, Application application, ZoneSettings zone) {
        return routesOf(
                application,
                zone,
                pods.getIndexer().byIndex(BY_APPLICATION, key).stream()
                        .filter(pod -> !isLost(pod))
                        .toList());
    }

    private static Optional<ApplicationRoutes> routesOf(
            Application application, ZoneSettings zone, List<Pod> replicas) {
        try {
            return Optional.of(ApplicationRoutes.of(application, replicas, zone));
        } catch (RuntimeException e) {
            LOG.error(
                    "event=application-not-understood application={}/{}",
                    application.getMetadata().getNamespace(),
                    application.getMetadata().getName(),
                    e);
            return Optional.empty();
        }
    }

    /** What the replicas on dead nodes would be reached at. */
    private Set<Endpoint> lost(ZoneSettings zone) {
        if (deadNodes.isEmpty()) {
            return Set.of();
        }
        Set<Endpoint> lost = new HashSet<>();
        pods.getStore().list().stream()
                .filter(this::isLost)
                .collect(Collectors.groupingBy(KubernetesRoutes::applicationOf))
                .forEach((key, replicas) -> {
                    Application application = applications.getStore().getByKey(key);
                    if (application != null) {
                        routesOf(application, zone, replicas).ifPresent(routes -> lost.addAll(routes.alive()));
                    }
                });
        return lost;
    }

    private boolean isLost(Pod pod) {
        return deadNodes.contains(String.valueOf(pod.getSpec().getNodeName()));
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
        return applications.isWatching() && pods.isWatching() && nodes.isWatching() && settings.isWatching();
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
        applications.stop();
        pods.stop();
        nodes.stop();
        settings.stop();
    }
}
