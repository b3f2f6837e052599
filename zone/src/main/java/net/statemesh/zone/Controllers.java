// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.Predicate;
import net.statemesh.zone.application.ApplicationController;
import net.statemesh.zone.binding.Bindings;
import net.statemesh.zone.binding.SchedulingController;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.drain.DrainController;
import net.statemesh.zone.drain.DrainedNodes;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.health.HealthController;
import net.statemesh.zone.node.CordonEvents;
import net.statemesh.zone.node.NodeController;
import net.statemesh.zone.node.NodeStatusWriter;
import net.statemesh.zone.node.OrphanedPods;
import net.statemesh.zone.project.ProjectController;
import net.statemesh.zone.project.ProjectTriggers;
import net.statemesh.zone.queue.WorkQueue;

/** All that decides and acts while a master leads. */
final class Controllers implements AutoCloseable {
    private final Parts parts = new Parts();

    private Controllers() {}

    /**
     * Starts at once, on what the view shows by then.
     *
     * @param guarded sends no write while this master does not lead
     */
    static Controllers start(KubernetesClient guarded, MasterConfig config, MasterView view, Clock clock) {
        Controllers controllers = new Controllers();
        try {
            controllers.startAll(guarded, config, view, clock);
            return controllers;
        } catch (RuntimeException | Error e) {
            controllers.close();
            throw e;
        }
    }

    /** The order matters: who is told of changes exists before who tells. */
    private void startAll(KubernetesClient guarded, MasterConfig config, MasterView view, Clock clock) {
        ZoneCache cache = view.cache();
        EventRecorder events = parts.keep(new EventRecorder(guarded, config.identity(), clock));
        CordonEvents.register(cache, events);
        WorkQueue<String> projects = new WorkQueue<>();
        NodeStatusWriter marks = new NodeStatusWriter(guarded, events, clock);
        Predicate<String> heardOtherwise = startHealth(guarded, config, cache, events, marks);
        NodeController nodes = parts.keep(new NodeController(
                cache,
                marks,
                new OrphanedPods(guarded, cache, events),
                view.triggers()::nodeChanged,
                heardOtherwise,
                System::nanoTime));
        view.triggers().register();
        ProjectTriggers.register(cache, projects);
        parts.keep(new ProjectController(guarded, cache, view.pods(), projects, config.identity(), clock));
        parts.keep(new DrainController(guarded, cache, events, clock));
        DrainedNodes drained = new DrainedNodes(cache, view.triggers()::nodeChanged);
        parts.keep(new ApplicationController(
                guarded,
                cache,
                view.pods(),
                view.settings(),
                nodes::presence,
                drained::by,
                events,
                view.applications(),
                config.identity(),
                clock));
        parts.keep(new SchedulingController(cache, new Bindings(guarded, events, clock), events));
    }

    private Predicate<String> startHealth(
            KubernetesClient guarded,
            MasterConfig config,
            ZoneCache cache,
            EventRecorder events,
            NodeStatusWriter marks) {
        InetSocketAddress listen = config.health();
        return listen == null
                ? node -> false
                : parts.keep(new HealthController(guarded, cache, events, marks, listen))::covers;
    }

    @Override
    public void close() {
        parts.close();
    }
}
