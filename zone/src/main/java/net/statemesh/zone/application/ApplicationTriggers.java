// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.queue.WorkQueue;
import org.jspecify.annotations.Nullable;

/** Which change makes which application worth a look. */
public final class ApplicationTriggers {
    /** Reasons that end when another application or pod makes room. */
    private static final Set<String> WAITS_FOR_OTHERS = Set.of(Reason.HOST_TAKEN, Reason.QUOTA_EXCEEDED);

    private final ZoneCache cache;
    private final WorkQueue<ObjectKey> queue;

    public ApplicationTriggers(ZoneCache cache, WorkQueue<ObjectKey> queue) {
        this.cache = cache;
        this.queue = queue;
    }

    /** From now on changes reach the queue; everything that is there already is added. */
    public void register() {
        cache.applications().addEventHandler(ChangeHandler.comparing(this::changed, application -> addWaiting()));
        cache.pods().addEventHandler(ChangeHandler.of(this::addOwner, pod -> {
            addOwner(pod);
            addWaiting();
        }));
        cache.projects()
                .addEventHandler(ChangeHandler.of(
                        project -> addProject(project.getMetadata().getName()), gone -> {}));
    }

    /** A node came, went or changed its presence. */
    public void nodeChanged(String node) {
        cache.pods().getIndexer().list().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .forEach(this::addOwner);
    }

    /** The names and addresses of every application come from the zone's settings. */
    public void settingsChanged() {
        addIf(application -> true);
    }

    /** Whoever waits for a host is looked at when hosts have moved, not only when an application has ended. */
    private void changed(@Nullable Application before, Application after) {
        add(after);
        if (before != null && !hosts(before).equals(hosts(after))) {
            addWaiting();
            Set<String> moved = new HashSet<>(hosts(before));
            moved.addAll(hosts(after));
            addIf(application -> hosts(application).stream().anyMatch(moved::contains));
        }
    }

    /** Hosts that an application has or asks for. */
    private static Set<String> hosts(Application application) {
        Set<String> hosts = new HashSet<>();
        if (application.getStatus() != null) {
            hosts.addAll(application.getStatus().hosts());
        }
        if (application.getSpec() != null) {
            application.getSpec().entrypoints().stream()
                    .map(Entrypoint::host)
                    .filter(Objects::nonNull)
                    .forEach(hosts::add);
        }
        return hosts;
    }

    private void add(HasMetadata object) {
        queue.add(ObjectKey.of(object));
    }

    private void addOwner(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        String application = labels.get(Labels.APPLICATION);
        if (application != null) {
            queue.add(new ObjectKey(pod.getMetadata().getNamespace(), application));
        }
    }

    private void addProject(String project) {
        addIf(application -> project.equals(application.getMetadata().getNamespace()));
    }

    private void addWaiting() {
        addIf(application -> application.getStatus() != null
                && (waits(application, ConditionTypes.ACCEPTED) || waits(application, ConditionTypes.SERVING)));
    }

    private static boolean waits(Application application, String conditionType) {
        return application
                .getStatus()
                .condition(conditionType)
                .filter(condition -> !condition.holds() && WAITS_FOR_OTHERS.contains(condition.reason()))
                .isPresent();
    }

    private void addIf(Predicate<Application> wanted) {
        cache.applications().getIndexer().list().stream().filter(wanted).forEach(this::add);
    }
}
