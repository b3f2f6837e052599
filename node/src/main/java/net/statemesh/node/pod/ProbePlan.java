// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.probe.ProbeKind;
import net.statemesh.node.probe.ProbeState;
import net.statemesh.node.probe.ProbeState.Outcome;
import org.jspecify.annotations.Nullable;

/** The probes of the running containers of one pod: which are due, and what they say. */
final class ProbePlan {
    private final PodInput in;
    private final Map<String, Map<ProbeKind, ProbeState>> states = new HashMap<>();
    private final Map<String, ContainerView> running = new HashMap<>();
    private final Map<String, Container> specs = new HashMap<>();

    private ProbePlan(PodInput in) {
        this.in = in;
    }

    static ProbePlan of(PodInput in) {
        ProbePlan plan = new ProbePlan(in);
        for (Container spec : in.mainContainers()) {
            plan.specs.put(spec.getName(), spec);
            in.view()
                    .newest(spec.getName())
                    .filter(ContainerView::running)
                    .ifPresent(container -> plan.remember(container, spec));
        }
        return plan;
    }

    /** Spec of one probe of a container; null when it has none. */
    static @Nullable Probe probe(Container spec, ProbeKind kind) {
        return switch (kind) {
            case STARTUP -> spec.getStartupProbe();
            case LIVENESS -> spec.getLivenessProbe();
            case READINESS -> spec.getReadinessProbe();
        };
    }

    private void remember(ContainerView container, Container spec) {
        running.put(container.id(), container);
        Map<ProbeKind, ProbeState> known = in.memory().probes().getOrDefault(container.id(), Map.of());
        Map<ProbeKind, ProbeState> all = new EnumMap<>(ProbeKind.class);
        for (ProbeKind kind : ProbeKind.values()) {
            Probe probe = probe(spec, kind);
            if (probe == null) {
                continue;
            }
            ProbeState state = known.get(kind);
            all.put(kind, state != null ? state : begin(kind, probe, container));
        }
        states.put(container.id(), all);
    }

    /** What was reported good before the agent was restarted stays good until a probe says otherwise. */
    private ProbeState begin(ProbeKind kind, Probe probe, ContainerView container) {
        boolean wasGood = ContainerStatuses.reported(in, container.name())
                .filter(s -> String.valueOf(s.getContainerID()).endsWith(container.id()))
                .map(s -> kind == ProbeKind.STARTUP
                        ? Boolean.TRUE.equals(s.getStarted())
                        : Boolean.TRUE.equals(s.getReady()))
                .orElse(false);
        return wasGood ? ProbeState.adopted(probe, in.now()) : ProbeState.initial(kind, probe, container.startedAt());
    }

    Map<String, Map<ProbeKind, ProbeState>> states() {
        return states;
    }

    Set<String> alive() {
        return running.keySet();
    }

    boolean started(ContainerView container) {
        return outcome(container, ProbeKind.STARTUP, Outcome.SUCCESS) == Outcome.SUCCESS;
    }

    boolean ready(ContainerView container) {
        return started(container)
                && outcome(container, ProbeKind.READINESS, Outcome.SUCCESS) == Outcome.SUCCESS
                && !in.memory()
                        .anyUnderWay(
                                key -> key.equals("stop:" + container.id()) || key.equals("kill:" + container.id()));
    }

    private Outcome outcome(ContainerView container, ProbeKind kind, Outcome ifNone) {
        ProbeState state = states.getOrDefault(container.id(), Map.of()).get(kind);
        return state == null ? ifNone : state.outcome();
    }

    /** Probes to ask now. */
    List<Action> due() {
        List<Action> due = new ArrayList<>();
        forEachActive((container, kind, state) -> {
            if (!state.nextAt().isAfter(in.now())) {
                due.add(new Action.RunProbe(container.id(), container.name(), kind));
            }
        });
        return due;
    }

    /** When the next probe that is not under way is due. */
    Instant nextAt() {
        Instant[] next = {Instant.MAX};
        forEachActive((container, kind, state) -> {
            if (!in.memory().isUnderWay(Action.RunProbe.key(container.id(), kind))
                    && state.nextAt().isAfter(in.now())
                    && state.nextAt().isBefore(next[0])) {
                next[0] = state.nextAt();
            }
        });
        return next[0];
    }

    /** Calls {@code stop} for each container that a probe gave up. */
    void verdicts(Stop stop) {
        forEachActive((container, kind, state) -> {
            if (kind != ProbeKind.READINESS && state.outcome() == Outcome.FAILURE) {
                stop.stop(
                        container, grace(container, kind), words(kind) + " probe failed " + state.streak() + " times");
            }
        });
    }

    private Duration grace(ContainerView container, ProbeKind kind) {
        Container spec = specs.get(container.name());
        Probe probe = spec == null ? null : probe(spec, kind);
        Long own = probe == null ? null : probe.getTerminationGracePeriodSeconds();
        return own == null ? PodPlan.podGrace(in.pod()) : Duration.ofSeconds(Math.max(1, own));
    }

    static String words(ProbeKind kind) {
        return switch (kind) {
            case STARTUP -> "startup";
            case LIVENESS -> "liveness";
            case READINESS -> "readiness";
        };
    }

    /** The startup probe until it succeeded, the others afterwards. */
    private void forEachActive(Visitor visitor) {
        running.forEach((id, container) -> states.getOrDefault(id, Map.of()).forEach((kind, state) -> {
            if (started(container) != (kind == ProbeKind.STARTUP)) {
                visitor.visit(container, kind, state);
            }
        }));
    }

    /** Receives a container that must be restarted. */
    interface Stop {
        void stop(ContainerView container, Duration grace, String why);
    }

    private interface Visitor {
        void visit(ContainerView container, ProbeKind kind, ProbeState state);
    }
}
