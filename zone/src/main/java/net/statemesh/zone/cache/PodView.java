// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.cache;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.statemesh.api.Annotations;

/**
 * The pods as the watch showed them, with the master's own writes on top that the watch has not shown yet. Without it, a controller
 * that looks again before its own write comes back would make the same pod twice.
 */
public final class PodView {
    /** A write that the watch has not shown after so long is forgotten: the pod came and went while the watch was away. */
    static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private record Write(Pod pod, Instant at) {}

    private final ZoneCache cache;
    private final Clock clock;
    private final Map<String, Write> created = new ConcurrentHashMap<>();
    private final Map<String, Write> draining = new ConcurrentHashMap<>();
    private final Map<String, Write> ending = new ConcurrentHashMap<>();
    private final Map<String, Write> gone = new ConcurrentHashMap<>();

    public PodView(ZoneCache cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
        cache.pods().addEventHandler(new Forgetting());
    }

    /** Takes down that the API server made this pod. */
    public void created(Pod pod) {
        String uid = pod.getMetadata().getUid();
        created.put(uid, new Write(pod, clock.instant()));
        if (gone.containsKey(uid)
                || cache.pods().getIndexer().getByKey(ObjectKey.of(pod).toString()) != null) {
            created.remove(uid);
        }
    }

    /** Takes down that this pod was marked as draining. */
    public void draining(Pod marked) {
        draining.put(marked.getMetadata().getUid(), new Write(marked, clock.instant()));
    }

    /** Takes down that the API server was told to end this pod. */
    public void ending(Pod pod) {
        ending.put(pod.getMetadata().getUid(), new Write(pod, clock.instant()));
    }

    /** Replicas of an application, whatever their owner's uid. */
    public List<Pod> ofApplication(ObjectKey application) {
        return overlaid(
                cache.podsOfApplication(application),
                pod -> ZoneCache.applicationKey(pod).equals(application.toString()));
    }

    /** Every pod in a project's namespace. */
    public List<Pod> ofProject(String project) {
        return overlaid(
                cache.podsOfProject(project),
                pod -> pod.getMetadata().getNamespace().equals(project));
    }

    private List<Pod> overlaid(List<Pod> shown, Predicate<Pod> wanted) {
        Instant oldest = clock.instant().minus(FORGET_AFTER);
        created.values().removeIf(write -> write.at().isBefore(oldest));
        draining.values().removeIf(write -> write.at().isBefore(oldest));
        ending.values().removeIf(write -> write.at().isBefore(oldest));
        gone.values().removeIf(write -> write.at().isBefore(oldest));
        Map<String, Pod> byUid = new LinkedHashMap<>();
        created.values().stream().map(Write::pod).filter(wanted).forEach(pod -> byUid.put(uid(pod), pod));
        shown.forEach(pod -> byUid.put(uid(pod), pod));
        return byUid.values().stream().map(this::asDraining).map(this::asEnding).toList();
    }

    private Pod asDraining(Pod pod) {
        Write marked = draining.get(uid(pod));
        return marked == null || isMarked(pod) ? pod : marked.pod();
    }

    private static boolean isMarked(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(Annotations.DRAINING_SINCE);
    }

    private Pod asEnding(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || !ending.containsKey(uid(pod))) {
            return pod;
        }
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(clock.instant().toString())
                .endMetadata()
                .build();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private final class Forgetting implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            created.remove(uid(pod));
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            Stream.of(before, pod).map(PodView::uid).forEach(created::remove);
            if (isMarked(pod)) {
                draining.remove(uid(pod));
            }
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                ending.remove(uid(pod));
            }
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            gone.put(uid(pod), new Write(pod, clock.instant()));
            created.remove(uid(pod));
            draining.remove(uid(pod));
            ending.remove(uid(pod));
        }
    }
}
