// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import org.jspecify.annotations.Nullable;

/** Why a container that runs is not ready. */
final class Readiness {
    /** A container that runs so long and still does not answer is reported; before, it gets time to start. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Readiness() {}

    static Optional<Trouble> trouble(Pod pod, Instant now) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> !Boolean.TRUE.equals(status.getReady()))
                .filter(status -> runningFor(status, now).compareTo(PATIENCE) >= 0)
                .findFirst()
                .map(status -> describe(pod, status));
    }

    private static Trouble describe(Pod pod, ContainerStatus status) {
        String evidence = StatusConditions.of(pod, "ContainersReady")
                .or(() -> StatusConditions.of(pod, StatusConditions.READY))
                .map(PodCondition::getMessage)
                .filter(Objects::nonNull)
                .map(message -> " (" + message + ")")
                .orElse("");
        Integer port = probedPort(pod, status.getName());
        boolean http = isHttp(pod, status.getName());
        boolean refused = evidence.toLowerCase(Locale.ROOT).contains("refused");
        if (port != null && (!http || refused)) {
            return new Trouble(
                    Reason.PORT_NOT_LISTENING,
                    "container '" + status.getName() + "' runs, but nothing answers on its port " + port + evidence,
                    true);
        }
        return new Trouble(
                Reason.PROBE_FAILED, "container '" + status.getName() + "' runs, but its probe fails" + evidence, true);
    }

    private static Duration runningFor(ContainerStatus status, Instant now) {
        ContainerStateRunning running =
                status.getState() == null ? null : status.getState().getRunning();
        return running == null || running.getStartedAt() == null
                ? Duration.ZERO
                : Duration.between(Instant.parse(running.getStartedAt()), now);
    }

    private static Optional<Probe> probe(Pod pod, String container) {
        return pod.getSpec().getContainers().stream()
                .filter(candidate -> candidate.getName().equals(container))
                .map(Container::getReadinessProbe)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean isHttp(Pod pod, String container) {
        return probe(pod, container).map(Probe::getHttpGet).isPresent();
    }

    private static @Nullable Integer probedPort(Pod pod, String container) {
        return probe(pod, container)
                .map(probe -> probe.getTcpSocket() != null
                        ? probe.getTcpSocket().getPort().getIntVal()
                        : probe.getHttpGet() != null
                                ? probe.getHttpGet().getPort().getIntVal()
                                : null)
                .orElse(null);
    }
}
