// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import org.jspecify.annotations.Nullable;

/** Reads from a pod's status why it does not serve, in words for its owner. */
final class Diagnosis {
    private static final Set<String> PULL_FAILURES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "RegistryUnavailable",
            "ImageInspectError");
    private static final Set<String> START_FAILURES =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError");
    private static final String CRASH_BACK_OFF = "CrashLoopBackOff";
    private static final String OOM_KILLED = "OOMKilled";
    private static final int MAX_WORDS_LENGTH = 1500;

    private Diagnosis() {}

    static Optional<Trouble> of(Pod pod) {
        if (pod.getSpec().getNodeName() == null) {
            return unscheduled(pod);
        }
        return statuses(pod)
                .map(status -> ofContainer(pod, status))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Trouble> unscheduled(Pod pod) {
        return StatusConditions.of(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> {
                    String message = Objects.requireNonNullElse(condition.getMessage(), "no node fits");
                    return pod.getStatus().getNominatedNodeName() != null
                            ? new Trouble(Reason.MAKING_ROOM, message, false)
                            : new Trouble(
                                    Objects.requireNonNullElse(condition.getReason(), Reason.UNSCHEDULABLE),
                                    message,
                                    true);
                });
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream());
    }

    private static Optional<Trouble> ofContainer(Pod pod, ContainerStatus status) {
        ContainerState state = status.getState();
        if (state == null) {
            return Optional.empty();
        }
        if (state.getWaiting() != null) {
            return waiting(pod, status, state.getWaiting());
        }
        if (state.getTerminated() != null && failed(pod, status, state.getTerminated())) {
            return Optional.of(crash(pod, status, state.getTerminated()));
        }
        return Optional.empty();
    }

    private static Optional<Trouble> waiting(Pod pod, ContainerStatus status, ContainerStateWaiting waiting) {
        String reason = Objects.requireNonNullElse(waiting.getReason(), "");
        if (PULL_FAILURES.contains(reason)) {
            return Optional.of(new Trouble(
                    Reason.IMAGE_PULL_FAILED,
                    "image '" + status.getImage() + "' of container '" + status.getName() + "' cannot be pulled: "
                            + words(waiting.getMessage(), reason),
                    true));
        }
        if (START_FAILURES.contains(reason)) {
            String message = words(waiting.getMessage(), reason);
            boolean secret = message.toLowerCase(Locale.ROOT).contains("secret");
            return Optional.of(new Trouble(
                    secret ? Reason.SECRET_MISSING : Reason.CONTAINER_NOT_STARTED,
                    "container '" + status.getName() + "' cannot be started: " + message,
                    true));
        }
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        if (reason.equals(CRASH_BACK_OFF) && last != null) {
            return Optional.of(crash(pod, status, last));
        }
        return Optional.empty();
    }

    /** An init container that ended well did what it should; any other container should not have ended. */
    private static boolean failed(Pod pod, ContainerStatus status, ContainerStateTerminated terminated) {
        boolean init = pod.getStatus().getInitContainerStatuses().contains(status);
        return !init || exitCode(terminated) != 0;
    }

    private static Trouble crash(Pod pod, ContainerStatus status, ContainerStateTerminated last) {
        boolean outOfMemory = OOM_KILLED.equals(last.getReason());
        String message = "container '" + status.getName() + "' "
                + (outOfMemory ? "ran out of its memory limit and was ended" : "exited with code " + exitCode(last))
                + lastLines(last.getMessage())
                + "; see its output with: apps logs " + Objects.requireNonNullElse(owner(pod), "NAME") + " --previous";
        return new Trouble(
                outOfMemory ? Reason.OUT_OF_MEMORY : Reason.CRASH_LOOPING, message, true, LastWords.lines(last));
    }

    private static @Nullable String owner(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .findFirst()
                .map(reference -> reference.getName())
                .orElse(null);
    }

    /** Containers fall back to the end of their log as termination message, so this is what they said last. */
    private static String lastLines(@Nullable String message) {
        return message == null || message.isBlank() ? "" : ". It said last: " + words(message, "");
    }

    private static int exitCode(ContainerStateTerminated terminated) {
        return terminated.getExitCode() == null ? 0 : terminated.getExitCode();
    }

    private static String words(@Nullable String message, String otherwise) {
        if (message == null || message.isBlank()) {
            return otherwise;
        }
        String text = message.strip();
        return text.length() <= MAX_WORDS_LENGTH ? text : "…" + text.substring(text.length() - MAX_WORDS_LENGTH);
    }
}
