// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.node.cri.SandboxView;
import org.jspecify.annotations.Nullable;

/** The status of a pod in Kubernetes' terms. */
final class PodStatuses {
    private static final Set<String> OWN_CONDITIONS = Set.of("PodScheduled", "Initialized", "ContainersReady", "Ready");

    private PodStatuses() {}

    static PodStatus of(PodInput in, ProbePlan probes, Optional<Refusal> refusal) {
        PodStatus reported = in.pod().getStatus();
        if (refusal.isPresent()) {
            return refused(in, refusal.get());
        }
        boolean wasFinal = reported != null && isFinal(reported.getPhase());
        if (wasFinal && in.view().isEmpty()) {
            return reported;
        }
        List<ContainerStatus> inits = in.initContainers().stream()
                .map(c -> ContainerStatuses.of(in, probes, c))
                .toList();
        List<ContainerStatus> mains = in.mainContainers().stream()
                .map(c -> ContainerStatuses.of(in, probes, c))
                .toList();
        String phase = wasFinal ? reported.getPhase() : phase(in, mains);
        String ip = in.readySandbox().map(SandboxView::ip).orElse("");
        return new PodStatusBuilder()
                .withPhase(phase)
                .withHostIP(in.hostIp())
                .withPodIP(ip.isEmpty() ? null : ip)
                .withPodIPs(ip.isEmpty() ? List.of() : List.of(new PodIP(ip)))
                .withStartTime(startTime(in))
                .withQosClass(Qos.of(in.pod().getSpec()).toString())
                .withConditions(conditions(in, phase, mains))
                .withInitContainerStatuses(inits)
                .withContainerStatuses(mains)
                .withReason(wasFinal ? reported.getReason() : null)
                .withMessage(wasFinal ? reported.getMessage() : sandboxTrouble(in))
                .build();
    }

    private static PodStatus refused(PodInput in, Refusal refusal) {
        return new PodStatusBuilder()
                .withPhase("Failed")
                .withReason(refusal.reason())
                .withMessage(refusal.message())
                .withHostIP(in.hostIp())
                .withStartTime(startTime(in))
                .withQosClass(Qos.of(in.pod().getSpec()).toString())
                .build();
    }

    private static boolean isFinal(@Nullable String phase) {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static @Nullable String sandboxTrouble(PodInput in) {
        Failure failure = in.memory().failures().get(Action.CreateSandbox.KEY);
        return failure == null ? null : failure.reason() + ": " + failure.message();
    }

    /** First moment at which the agent saw the pod. */
    private static String startTime(PodInput in) {
        PodStatus known = in.memory().status();
        if (known != null && known.getStartTime() != null) {
            return known.getStartTime();
        }
        PodStatus reported = in.pod().getStatus();
        return reported != null && reported.getStartTime() != null ? reported.getStartTime() : seconds(in.now());
    }

    private static String phase(PodInput in, List<ContainerStatus> mains) {
        if (in.initFailed()) {
            return "Failed";
        }
        if (in.finished()) {
            boolean allWell = mains.stream()
                    .allMatch(s -> s.getState().getTerminated() != null
                            && s.getState().getTerminated().getExitCode() == 0);
            return allWell ? "Succeeded" : "Failed";
        }
        boolean anyNeverRan = mains.stream()
                .anyMatch(s -> s.getState().getWaiting() != null
                        && (s.getLastState() == null || s.getLastState().getTerminated() == null));
        if (!anyNeverRan) {
            return endedByDeletion(in, mains).orElse("Running");
        }
        return "Pending";
    }

    /** A deleted pod of which nothing runs any more has ended, whatever its restart policy. */
    private static Optional<String> endedByDeletion(PodInput in, List<ContainerStatus> mains) {
        boolean over =
                in.terminating() && mains.stream().allMatch(s -> s.getState().getTerminated() != null);
        if (!over) {
            return Optional.empty();
        }
        boolean well = mains.stream().allMatch(s -> s.getState().getTerminated().getExitCode() == 0);
        return Optional.of(well ? "Succeeded" : "Failed");
    }

    private static List<PodCondition> conditions(PodInput in, String phase, List<ContainerStatus> mains) {
        boolean completed = phase.equals("Succeeded");
        boolean initialized = in.nextInit().isEmpty()
                && (in.initContainers().isEmpty() || !in.view().isEmpty());
        List<String> unready = mains.stream()
                .filter(s -> !s.getReady())
                .map(ContainerStatus::getName)
                .toList();
        boolean containersReady = unready.isEmpty() && phase.equals("Running");
        boolean gatesOpen = openGates(in);
        String why = completed ? "PodCompleted" : "ContainersNotReady";
        String which = "containers with unready status: " + unready;
        List<PodCondition> all = new ArrayList<>(foreign(in));
        all.add(condition(in, "PodScheduled", true, null, null));
        all.add(condition(
                in, "Initialized", initialized, "ContainersNotInitialized", "init containers have not ended"));
        all.add(condition(in, "ContainersReady", containersReady, why, which));
        all.add(condition(
                in,
                "Ready",
                containersReady && gatesOpen,
                containersReady ? "ReadinessGatesNotReady" : why,
                containersReady ? "a readiness gate is not true" : which));
        return all;
    }

    private static boolean openGates(PodInput in) {
        Set<String> trueConditions = foreign(in).stream()
                .filter(c -> "True".equals(c.getStatus()))
                .map(PodCondition::getType)
                .collect(Collectors.toSet());
        return in.pod().getSpec().getReadinessGates().stream()
                .allMatch(gate -> trueConditions.contains(gate.getConditionType()));
    }

    /** Conditions that others wrote. */
    private static List<PodCondition> foreign(PodInput in) {
        PodStatus reported = in.pod().getStatus();
        return reported == null
                ? List.of()
                : reported.getConditions().stream()
                        .filter(c -> !OWN_CONDITIONS.contains(c.getType()))
                        .toList();
    }

    private static PodCondition condition(
            PodInput in, String type, boolean isTrue, @Nullable String reason, @Nullable String message) {
        String status = isTrue ? "True" : "False";
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(isTrue ? null : reason)
                .withMessage(isTrue ? null : message)
                .withLastTransitionTime(previous(in, type)
                        .filter(c -> status.equals(c.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .filter(Objects::nonNull)
                        .orElseGet(() -> seconds(in.now())))
                .build();
    }

    private static Optional<PodCondition> previous(PodInput in, String type) {
        PodStatus status =
                in.memory().status() != null ? in.memory().status() : in.pod().getStatus();
        return status == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(c -> type.equals(c.getType()))
                        .findFirst();
    }

    private static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }
}
