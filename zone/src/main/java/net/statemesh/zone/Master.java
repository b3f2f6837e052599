// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.daemon.Daemon;
import net.statemesh.zone.application.ApplicationController;
import net.statemesh.zone.application.ApplicationTriggers;
import net.statemesh.zone.binding.Bindings;
import net.statemesh.zone.binding.SchedulingController;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.SettingsView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.drain.DrainedNodes;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.health.HealthController;
import net.statemesh.zone.node.NodeController;
import net.statemesh.zone.node.NodeStatusWriter;
import net.statemesh.zone.node.OrphanedPods;
import net.statemesh.zone.project.ProjectController;
import net.statemesh.zone.project.ProjectTriggers;
import net.statemesh.zone.queue.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master of a zone: controllers and scheduler over one API server. */
public final class Master implements AutoCloseable {
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

    /** A start that fails leaves nothing running and is tried again: an API server without controllers would look well. */
    private void run() {
        try {
            for (int failures = 1; !attempt(); failures++) {
                Duration pause = Daemon.BACKOFF.after(failures);
                LOG.warn("master={} starts again in {} ms", config.identity(), pause.toMillis());
                Thread.sleep(pause);
            }
            ready.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ready.completeExceptionally(e);
        }
    }

    private boolean attempt() throws InterruptedException {
        try {
            WorkQueue<ObjectKey> applications = new WorkQueue<>();
            ZoneCache cache = keep(new ZoneCache(client));
            PodView pods = new PodView(cache, clock);
            ApplicationTriggers triggers = new ApplicationTriggers(cache, applications);
            SettingsView settings = new SettingsView(cache, triggers::settingsChanged);
            cache.start().get();
            ZoneSettings zone = awaitSettings(settings);
            startControllers(settings, cache, pods, triggers, applications);
            LOG.info("master={} works for zone={}", config.identity(), zone.name());
            return true;
        } catch (ExecutionException | RuntimeException e) {
            LOG.error("master={} cannot start", config.identity(), e);
            closeParts();
            return false;
        }
    }

    private static ZoneSettings awaitSettings(SettingsView settings) throws ExecutionException, InterruptedException {
        CompletableFuture<ZoneSettings> first = settings.first();
        if (!first.isDone()) {
            LOG.warn(
                    "waiting for the zone's settings in ConfigMap {}/{}",
                    SystemNames.NAMESPACE,
                    SystemNames.ZONE_CONFIG_MAP);
        }
        return first.get();
    }

    /** The order matters: who is told of changes exists before who tells, and the cache is closed last. */
    private synchronized void startControllers(
            SettingsView settings,
            ZoneCache cache,
            PodView pods,
            ApplicationTriggers triggers,
            WorkQueue<ObjectKey> applications) {
        if (closed) {
            return;
        }
        EventRecorder events = keep(new EventRecorder(client, config.identity(), clock));
        WorkQueue<String> projects = new WorkQueue<>();
        NodeStatusWriter marks = new NodeStatusWriter(client, events, clock);
        Predicate<String> heardOtherwise = startHealth(cache, events, marks);
        NodeController nodes = keep(new NodeController(
                cache,
                marks,
                new OrphanedPods(client, cache, events),
                triggers::nodeChanged,
                heardOtherwise,
                System::nanoTime));
        triggers.register();
        ProjectTriggers.register(cache, projects);
        keep(new ProjectController(client, cache, pods, projects, config.identity(), clock));
        DrainedNodes drained = new DrainedNodes(cache, triggers::nodeChanged);
        keep(new ApplicationController(
                client,
                cache,
                pods,
                settings,
                nodes::presence,
                drained::by,
                events,
                applications,
                config.identity(),
                clock));
        keep(new SchedulingController(cache, new Bindings(client, events, clock), events));
    }

    private Predicate<String> startHealth(ZoneCache cache, EventRecorder events, NodeStatusWriter marks) {
        InetSocketAddress listen = config.health();
        return listen == null
                ? node -> false
                : keep(new HealthController(client, cache, events, marks, listen))::covers;
    }

    private synchronized <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Lets writes in progress end. Pods go on running; another master takes over from what the API server holds. */
    @Override
    public void close() {
        starter.interrupt();
        synchronized (this) {
            closed = true;
        }
        closeParts();
    }

    private void closeParts() {
        Deque<AutoCloseable> open;
        synchronized (this) {
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
