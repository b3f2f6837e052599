// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.zone.application.ApplicationController;
import net.statemesh.zone.application.ApplicationTriggers;
import net.statemesh.zone.application.ReplicaActions;
import net.statemesh.zone.binding.Bindings;
import net.statemesh.zone.binding.SchedulingController;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.node.NodeController;
import net.statemesh.zone.node.NodeStatusWriter;
import net.statemesh.zone.project.ProjectController;
import net.statemesh.zone.project.ProjectTriggers;
import net.statemesh.zone.queue.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master of a zone: controllers and scheduler over one API server. */
public final class Master implements AutoCloseable {
    private static final Duration SETTINGS_PAUSE = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Master.class);

    private final KubernetesClient client;
    private final MasterConfig config;
    private final Clock clock = Clock.systemUTC();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread starter;
    private boolean closed;

    private Master(KubernetesClient client, MasterConfig config) {
        this.client = client;
        this.config = config;
        this.starter = Thread.ofVirtual().name("master-start").start(this::run);
    }

    /**
     * Starts in the background: controllers act once they have seen the whole zone, however long the API server stays away. The caller
     * closes the client.
     */
    public static Master start(KubernetesClient client, MasterConfig config) {
        return new Master(client, config);
    }

    /** Completes when every controller works. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    private void run() {
        try {
            ZoneSettings zone = readSettings();
            ZoneCache cache = keep(new ZoneCache(client));
            PodView pods = new PodView(cache, clock);
            cache.start().get();
            startControllers(zone, cache, pods);
            LOG.info("master={} works for zone={}", config.identity(), zone.name());
            ready.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ready.completeExceptionally(e);
        } catch (ExecutionException | RuntimeException e) {
            LOG.error("master={} cannot start", config.identity(), e);
            ready.completeExceptionally(e);
        }
    }

    /** The order matters: who is told of changes exists before who tells, and the cache is closed last. */
    private synchronized void startControllers(ZoneSettings zone, ZoneCache cache, PodView pods) {
        if (closed) {
            return;
        }
        EventRecorder events = keep(new EventRecorder(client, config.identity(), clock));
        WorkQueue<ObjectKey> applications = new WorkQueue<>();
        WorkQueue<String> projects = new WorkQueue<>();
        ApplicationTriggers triggers = new ApplicationTriggers(cache, applications);
        NodeController nodes = keep(new NodeController(
                cache, new NodeStatusWriter(client, events, clock), triggers::nodeChanged, System::nanoTime));
        triggers.register();
        ProjectTriggers.register(cache, projects);
        keep(new ProjectController(client, cache, pods, projects, config.identity(), clock));
        keep(new ApplicationController(
                client,
                cache,
                pods,
                zone,
                nodes::presence,
                new ReplicaActions(client, events),
                applications,
                config.identity(),
                clock));
        keep(new SchedulingController(cache, new Bindings(client, events, clock), events));
    }

    private ZoneSettings readSettings() throws InterruptedException {
        String last = "";
        while (true) {
            try {
                ConfigMap settings = client.configMaps()
                        .inNamespace(SystemNames.NAMESPACE)
                        .withName(SystemNames.ZONE_CONFIG_MAP)
                        .get();
                if (settings != null) {
                    return ZoneSettings.from(settings);
                }
                last = logOnce(last, "it does not exist");
            } catch (KubernetesClientException | IllegalArgumentException e) {
                last = logOnce(last, String.valueOf(e.getMessage()));
            }
            Thread.sleep(SETTINGS_PAUSE);
        }
    }

    private static String logOnce(String last, String problem) {
        if (!problem.equals(last)) {
            LOG.warn("waiting for the zone's settings: {}", problem);
        }
        return problem;
    }

    private synchronized <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Lets writes in progress end. Pods go on running; another master takes over from what the API server holds. */
    @Override
    public void close() {
        starter.interrupt();
        Deque<AutoCloseable> open;
        synchronized (this) {
            closed = true;
            open = new ArrayDeque<>(parts);
            parts.clear();
        }
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part, e);
            }
        }
    }
}
