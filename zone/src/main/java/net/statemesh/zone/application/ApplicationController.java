// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectQuota;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.api.validation.ApplicationValidation;
import net.statemesh.api.validation.Violation;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.plan.application.Action;
import net.statemesh.zone.plan.application.Allowance;
import net.statemesh.zone.plan.application.ApplicationPlanner;
import net.statemesh.zone.plan.application.Claims;
import net.statemesh.zone.plan.application.NodePresence;
import net.statemesh.zone.plan.application.Observation;
import net.statemesh.zone.plan.application.Plan;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import org.jspecify.annotations.Nullable;

/** Keeps every application as its spec says. */
public final class ApplicationController implements AutoCloseable {
    private static final int WORKERS = 4;

    private final KubernetesClient client;
    private final ZoneCache cache;
    private final PodView pods;
    private final Supplier<ZoneSettings> zone;
    private final Function<String, NodePresence> nodes;
    private final Function<String, Optional<String>> drainedBy;
    private final WrittenReleases releases;
    private final ReleaseActions releaseActions;
    private final Instant watchingSince;
    private final Clock clock;
    private final String actor;
    private final ReplicaActions actions;
    private final RandomNames names = new RandomNames();
    private final Refusals refusals = new Refusals(System::nanoTime);
    private final WrittenApplications written = new WrittenApplications();
    private final ReentrantLock hostGrants = new ReentrantLock();
    private final WorkQueue<ObjectKey> queue;
    private final Replacements replacements;
    private final Workers<ObjectKey> workers;

    public ApplicationController(
            KubernetesClient client,
            ZoneCache cache,
            PodView pods,
            Supplier<ZoneSettings> zone,
            Function<String, NodePresence> nodes,
            Function<String, Optional<String>> drainedBy,
            EventRecorder events,
            WorkQueue<ObjectKey> queue,
            String actor,
            Clock clock) {
        this.client = client;
        this.cache = cache;
        this.pods = pods;
        this.zone = zone;
        this.nodes = nodes;
        this.drainedBy = drainedBy;
        this.actions = new ReplicaActions(client, events, clock);
        this.releases = new WrittenReleases(cache);
        this.releaseActions = new ReleaseActions(client, events, releases);
        this.replacements = new Replacements(cache, nodes, events, queue, clock);
        this.watchingSince = clock.instant();
        this.queue = queue;
        this.actor = actor;
        this.clock = clock;
        cache.applications().addEventHandler(ChangeHandler.of(present -> {}, actions::deleted));
        this.workers = Workers.start("application", WORKERS, queue, this::reconcile);
    }

    @Override
    public void close() {
        workers.close();
    }

    private void reconcile(ObjectKey key) {
        Application application = cache.applications().getIndexer().getByKey(key.toString());
        if (application == null || isDeleting(application) || application.getSpec() == null) {
            refusals.forget(key);
            written.forget(key);
            releases.forget(key);
            replacements.forget(key);
            return;
        }
        ApplicationStatus status = application.getStatus();
        if (status == null || status.id() == null) {
            giveId(application);
            return;
        }
        if (application.getSpec().entrypoints().stream().allMatch(entrypoint -> entrypoint.host() == null)) {
            carryOut(key, application, status, status.id());
            return;
        }
        // one grant at a time: two applications that ask for the same host must not both find it free
        hostGrants.lock();
        try {
            carryOut(key, application, status, status.id());
        } finally {
            hostGrants.unlock();
        }
    }

    private void carryOut(ObjectKey key, Application application, ApplicationStatus status, String id) {
        Optional<String> refused = refusals.current(key, application);
        Observation seen = observe(key, application, id, refused.orElse(""));
        Plan plan = ApplicationPlanner.plan(seen);
        releaseActions.perform(application, plan.releases());
        if (plan.rollsBack()) {
            return; // the write of the spec brings the application back here
        }
        if (refused.isPresent()) {
            List<Action> allowed = plan.actions().stream()
                    .filter(action -> !(action instanceof Action.Create))
                    .toList();
            actions.perform(application, allowed, pods);
        } else {
            List<Action> admitted = replacements.admit(application, seen.pods(), plan.actions());
            String refusal = actions.perform(application, admitted, pods);
            if (!refusal.isEmpty()) {
                refusals.note(key, application, refusal);
                plan = ApplicationPlanner.plan(observe(key, application, id, refusal));
                queue.addAfter(key, Refusals.PAUSE);
            }
        }
        if (!plan.status().equals(status)) {
            writeStatus(application, plan.status());
        }
        if (plan.recheckAfter() != null) {
            queue.addAfter(key, plan.recheckAfter());
        }
    }

    private Observation observe(ObjectKey key, Application application, String id, String refusal) {
        String uid = application.getMetadata().getUid();
        List<Pod> replicas = pods.ofApplication(key).stream()
                .filter(pod -> isOwnedBy(pod, uid))
                .toList();
        ProjectSpec project = project(key.namespace());
        ProjectQuota quota = project == null ? null : project.quota();
        return new Observation(
                application,
                id,
                replicas,
                releases.of(key, uid),
                zone.get(),
                violations(application, project),
                quota == null ? Allowance.UNLIMITED : Allowance.left(quota, pods.ofProject(key.namespace())),
                nodes,
                drainedBy,
                refusal,
                actor,
                watchingSince,
                clock.instant());
    }

    private List<Violation> violations(Application application, @Nullable ProjectSpec project) {
        Claims claims = new Claims(
                application, written.over(cache.applications().getIndexer().list()));
        List<Violation> violations = new ArrayList<>(ApplicationValidation.check(
                application.getMetadata().getName(), application.getSpec(), zone.get(), claims));
        claims.outsideQuota(project == null ? null : project.quota()).ifPresent(violations::add);
        ApplicationValidation.abovePriority(application.getSpec(), project).ifPresent(violations::add);
        return List.copyOf(violations);
    }

    private @Nullable ProjectSpec project(String namespace) {
        Project project = cache.projects().getIndexer().getByKey(namespace);
        return project == null ? null : project.getSpec();
    }

    private static boolean isOwnedBy(Pod pod, String uid) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && uid.equals(owner.getUid()));
    }

    private static boolean isDeleting(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /** The id comes first, alone: everything that is made later carries it. The write brings the application back here. */
    private void giveId(Application application) {
        List<String> taken = cache.applications().getIndexer().list().stream()
                .map(Application::getStatus)
                .filter(Objects::nonNull)
                .map(ApplicationStatus::id)
                .filter(Objects::nonNull)
                .toList();
        String id = names.next();
        while (taken.contains(id)) {
            id = names.next();
        }
        writeStatus(application, ApplicationStatus.pending(id));
    }

    /** Fails with a conflict when somebody changed the application meanwhile. */
    private void writeStatus(Application application, ApplicationStatus status) {
        Application changed = new Application();
        changed.setMetadata(application.getMetadata());
        changed.setSpec(application.getSpec());
        changed.setStatus(status);
        written.wrote(client.resource(changed).updateStatus());
    }
}
