// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.api.application.ReplicaState;
import org.jspecify.annotations.Nullable;

/** From pods to {@link Replica}s. */
final class Replicas {
    private Replicas() {}

    /** In the order of their names, so that the same input gives the same plan. */
    static List<Replica> of(List<Pod> pods, Function<String, NodePresence> nodes, Instant now) {
        return pods.stream()
                .map(pod -> of(pod, nodes, now))
                .sorted(Comparator.comparing(Replica::name))
                .toList();
    }

    private static Replica of(Pod pod, Function<String, NodePresence> nodes, Instant now) {
        String node = pod.getSpec().getNodeName();
        NodePresence presence = node == null ? NodePresence.PRESENT : nodes.apply(node);
        Trouble trouble = trouble(pod, presence, now);
        return new Replica(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                label(pod, Labels.REVISION),
                node,
                state(pod, presence, trouble),
                instant(pod.getMetadata().getCreationTimestamp(), now),
                pod.getMetadata().getDeletionTimestamp() == null ? drainingSince(pod, now) : null,
                finishedAt(pod, now),
                restarts(pod),
                trouble);
    }

    private static @Nullable Trouble trouble(Pod pod, NodePresence presence, Instant now) {
        if (isReady(pod) && presence == NodePresence.PRESENT) {
            return null;
        }
        return switch (presence) {
            case PRESENT ->
                Diagnosis.of(pod).or(() -> Readiness.trouble(pod, now)).orElse(null);
            case SILENT ->
                new Trouble(Reason.NODE_LOST, "node '" + pod.getSpec().getNodeName() + "' does not report", false);
            case DEAD -> new Trouble(Reason.NODE_DEAD, "node '" + pod.getSpec().getNodeName() + "' is dead", false);
            case LOST -> new Trouble(Reason.NODE_LOST, "node '" + pod.getSpec().getNodeName() + "' is lost", false);
            case GONE ->
                new Trouble(Reason.NODE_GONE, "node '" + pod.getSpec().getNodeName() + "' left the zone", false);
        };
    }

    private static ReplicaState state(Pod pod, NodePresence presence, @Nullable Trouble trouble) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return ReplicaState.STOPPING;
        }
        if (isFinished(pod)) {
            return ReplicaState.FAILED;
        }
        if (isDraining(pod)) {
            return ReplicaState.STOPPING;
        }
        if (presence != NodePresence.PRESENT) {
            return ReplicaState.UNKNOWN;
        }
        if (pod.getSpec().getNodeName() == null) {
            return ReplicaState.PENDING;
        }
        if (isReady(pod)) {
            return ReplicaState.READY;
        }
        if (trouble != null
                && (trouble.reason().equals(Reason.CRASH_LOOPING)
                        || trouble.reason().equals(Reason.OUT_OF_MEMORY))) {
            return ReplicaState.CRASH_LOOPING;
        }
        return allRunning(pod) ? ReplicaState.NOT_READY : ReplicaState.STARTING;
    }

    private static boolean isDraining(Pod pod) {
        return annotation(pod, Annotations.DRAINING_SINCE) != null;
    }

    /** A time that nobody can read has passed: the replica is ended rather than kept for ever. */
    private static @Nullable Instant drainingSince(Pod pod, Instant now) {
        try {
            return isDraining(pod) ? instant(annotation(pod, Annotations.DRAINING_SINCE), now) : null;
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static @Nullable String annotation(Pod pod, String key) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }

    static boolean isReady(Pod pod) {
        return StatusConditions.of(pod, StatusConditions.READY)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    private static boolean isFinished(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static boolean allRunning(Pod pod) {
        List<ContainerStatus> statuses =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        return !statuses.isEmpty()
                && statuses.stream()
                        .allMatch(status ->
                                status.getState() != null && status.getState().getRunning() != null);
    }

    /** Latest end of a container, else when the Ready condition last changed, else now. */
    private static @Nullable Instant finishedAt(Pod pod, Instant now) {
        if (!isFinished(pod)) {
            return null;
        }
        Optional<Instant> containerEnd = pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .map(terminated -> terminated.getFinishedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
        return containerEnd
                .or(() -> StatusConditions.of(pod, StatusConditions.READY)
                        .map(PodCondition::getLastTransitionTime)
                        .map(Instant::parse))
                .orElseGet(() -> instant(pod.getMetadata().getCreationTimestamp(), now));
    }

    private static int restarts(Pod pod) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .map(ContainerStatus::getRestartCount)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    private static Instant instant(@Nullable String timestamp, Instant otherwise) {
        return timestamp == null ? otherwise : Instant.parse(timestamp);
    }

    private static String label(Pod pod, String label) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(label, "");
    }
}
