// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.project;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Finalizers;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectStatus;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.plan.project.ProjectObjects;
import net.statemesh.zone.plan.project.ProjectSummary;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import org.jspecify.annotations.Nullable;

/** Keeps every project as its spec says. Keys are names of projects, which are names of namespaces too. */
public final class ProjectController implements AutoCloseable {
    private static final int WORKERS = 2;

    private final KubernetesClient client;
    private final ZoneCache cache;
    private final PodView pods;
    private final ProjectWalls walls;
    private final ProjectRemoval removal;
    private final String actor;
    private final Clock clock;
    private final Workers<String> workers;

    /** Starts at once; the cache must have seen the whole zone. */
    public ProjectController(
            KubernetesClient client,
            ZoneCache cache,
            PodView pods,
            WorkQueue<String> queue,
            String actor,
            Clock clock) {
        this.client = client;
        this.cache = cache;
        this.pods = pods;
        this.walls = new ProjectWalls(client, cache);
        this.removal = new ProjectRemoval(client, cache, pods);
        this.actor = actor;
        this.clock = clock;
        this.workers = Workers.start("project", WORKERS, queue, this::reconcile);
    }

    @Override
    public void close() {
        workers.close();
    }

    private void reconcile(String name) {
        Project project = cache.projects().getIndexer().getByKey(name);
        if (project == null) {
            return;
        }
        ProjectSummary summary = new ProjectSummary(project, actor, clock.instant());
        if (project.getMetadata().getDeletionTimestamp() != null) {
            remove(project, summary);
        } else if (!project.getMetadata().getFinalizers().contains(Finalizers.PROJECT)) {
            writeFinalizers(project, true);
        } else if (isSomebodyElses(cache.namespaces().getIndexer().getByKey(name), name)) {
            writeStatus(project, summary.namespaceTaken());
        } else {
            walls.build(new ProjectObjects(project));
            writeStatus(project, summary.ready(pods.ofProject(name), applications(name)));
        }
    }

    private void remove(Project project, ProjectSummary summary) {
        if (!project.getMetadata().getFinalizers().contains(Finalizers.PROJECT)) {
            return;
        }
        String name = project.getMetadata().getName();
        boolean ours = !isSomebodyElses(cache.namespaces().getIndexer().getByKey(name), name);
        String left = ours ? removal.nextStep(name) : "";
        if (left.isEmpty()) {
            writeFinalizers(project, false);
        } else {
            writeStatus(project, summary.deleting(left));
        }
    }

    /** A namespace that was there before the project; {@code default} exists in every cluster and is taken over. */
    private static boolean isSomebodyElses(@Nullable Namespace namespace, String project) {
        if (namespace == null || project.equals(SystemNames.DEFAULT_PROJECT)) {
            return false;
        }
        Map<String, String> labels =
                Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
        return !project.equals(labels.get(Labels.PROJECT));
    }

    private int applications(String namespace) {
        return (int) cache.applications().getIndexer().list().stream()
                .filter(application ->
                        namespace.equals(application.getMetadata().getNamespace()))
                .count();
    }

    /** Fails with a conflict when somebody changed the project meanwhile. */
    private void writeFinalizers(Project project, boolean present) {
        List<String> finalizers = new ArrayList<>(project.getMetadata().getFinalizers());
        finalizers.remove(Finalizers.PROJECT);
        if (present) {
            finalizers.add(Finalizers.PROJECT);
        }
        Project changed = copy(project);
        changed.getMetadata().setFinalizers(finalizers);
        client.resource(changed).update();
    }

    private void writeStatus(Project project, ProjectStatus status) {
        if (status.equals(project.getStatus())) {
            return;
        }
        Project changed = copy(project);
        changed.setStatus(status);
        client.resource(changed).updateStatus();
    }

    private <T extends HasMetadata> T copy(T object) {
        return client.getKubernetesSerialization().clone(object);
    }
}
