// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.queue.WorkQueue;

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
        cache.applications().addEventHandler(ChangeHandler.of(this::add, application -> addWaiting()));
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
