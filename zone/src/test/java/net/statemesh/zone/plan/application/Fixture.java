// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.api.Annotations;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.api.validation.Violation;

/** An application, its pods, and what a kubelet would make of them; tests change it step by step. */
final class Fixture {
    static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
    static final ContainerSpec WEB = ContainerSpec.of("web", "shop:1").withPorts(List.of(PortSpec.tcp(8080)));
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    final Application application = new Application();
    List<Pod> pods = new ArrayList<>();
    List<Release> releases = new ArrayList<>();
    Function<String, Optional<String>> drainedBy = node -> Optional.empty();
    Instant watchingSince = T0;
    List<Violation> violations = List.of();
    Allowance allowance = Allowance.UNLIMITED;
    Function<String, NodePresence> nodes = node -> NodePresence.PRESENT;
    String refusal = "";
    Instant now = T0;
    private long generation;

    Fixture(int replicas) {
        application.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("shop")
                .withUid("uid-of-shop")
                .build());
        spec(ApplicationSpec.of(WEB)
                .replicas(replicas)
                .entrypoints(List.of(Entrypoint.toPort(8080)))
                .build());
    }

    Fixture spec(ApplicationSpec spec) {
        application.setSpec(spec);
        application.getMetadata().setGeneration(++generation);
        return this;
    }

    Plan plan() {
        return ApplicationPlanner.plan(new Observation(
                application,
                "x7k2p",
                List.copyOf(pods),
                List.copyOf(releases),
                ZONE,
                violations,
                allowance,
                nodes,
                drainedBy,
                refusal,
                "master",
                watchingSince,
                now));
    }

    /** Plans, does it, keeps the status; ended pods are gone at once. */
    Plan step() {
        Plan plan = plan();
        plan.releases().forEach(this::perform);
        if (plan.rollsBack()) {
            return plan;
        }
        for (Action action : plan.actions()) {
            switch (action) {
                case Action.Create create -> {
                    Pod pod = new PodBuilder(create.pod())
                            .editMetadata()
                            .withUid("uid-" + create.pod().getMetadata().getName())
                            .withCreationTimestamp(now.toString())
                            .endMetadata()
                            .build();
                    pods.add(pod);
                }
                case Action.Drain drain ->
                    pods.stream()
                            .filter(pod -> pod.getMetadata().getUid().equals(drain.uid()))
                            .forEach(pod -> pod.getMetadata()
                                    .setAnnotations(Map.of(Annotations.DRAINING_SINCE, now.toString())));
                case Action.End end ->
                    pods.removeIf(pod -> pod.getMetadata().getUid().equals(end.uid()));
            }
        }
        application.setStatus(plan.status());
        return plan;
    }

    private void perform(ReleaseAction action) {
        switch (action) {
            case ReleaseAction.Keep(Release release) -> {
                release.setStatus(null); // what an API server makes of it
                release.getMetadata().setCreationTimestamp(now.toString());
                releases.add(release);
            }
            case ReleaseAction.Report(Release release, ReleaseStatus status) -> release.setStatus(status);
            case ReleaseAction.RollBack(Release from, Release to, ReleaseFailure failure) ->
                spec(to.getSpec().template().toBuilder()
                        .replicas(application.getSpec().replicas())
                        .stopped(application.getSpec().stopped())
                        .build());
            case ReleaseAction.Forget(Release release) -> releases.remove(release);
        }
    }

    /** Those that are not on their way out. */
    List<Pod> live() {
        return pods.stream()
                .filter(pod -> !pod.getMetadata().getAnnotations().containsKey(Annotations.DRAINING_SINCE))
                .toList();
    }

    void allReady() {
        for (int i = 0; i < pods.size(); i++) {
            ready(i);
        }
    }

    void ready(int index) {
        Pod pod = pods.get(index);
        pod.getSpec().setNodeName("node-" + (index % 3 + 1));
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .withContainerStatuses(status(pod)
                        .withReady(true)
                        .withNewState()
                        .withNewRunning(now.toString())
                        .endState()
                        .build())
                .build());
    }

    /** The container waits with this reason and message, as a kubelet reports it. */
    void waiting(int index, String reason, String message) {
        Pod pod = pods.get(index);
        pod.getSpec().setNodeName("node-1");
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Pending")
                .withContainerStatuses(status(pod)
                        .withReady(false)
                        .withNewState()
                        .withNewWaiting(message, reason)
                        .endState()
                        .build())
                .build());
    }

    void crashed(int index, int exitCode, String reason, String lastWords) {
        Pod pod = pods.get(index);
        pod.getSpec().setNodeName("node-1");
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withContainerStatuses(status(pod)
                        .withReady(false)
                        .withRestartCount(3)
                        .withNewState()
                        .withNewWaiting("back-off", "CrashLoopBackOff")
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(reason)
                        .withMessage(lastWords)
                        .endTerminated()
                        .endLastState()
                        .build())
                .build());
    }

    void running(int index, Instant since) {
        Pod pod = pods.get(index);
        pod.getSpec().setNodeName("node-1");
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withContainerStatuses(status(pod)
                        .withReady(false)
                        .withNewState()
                        .withNewRunning(since.toString())
                        .endState()
                        .build())
                .build());
    }

    void failed(int index, Instant finishedAt) {
        Pod pod = pods.get(index);
        pod.getSpec().setNodeName("node-1");
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Failed")
                .withContainerStatuses(status(pod)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(1)
                        .withFinishedAt(finishedAt.toString())
                        .endTerminated()
                        .endState()
                        .build())
                .build());
    }

    private static ContainerStatusBuilder status(Pod pod) {
        return new ContainerStatusBuilder()
                .withName("web")
                .withImage(pod.getSpec().getContainers().getFirst().getImage())
                .withRestartCount(0);
    }
}
