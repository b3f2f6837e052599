// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.statemesh.api.Hostnames;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ReplicaState;
import org.jspecify.annotations.Nullable;

/** Decides what an application needs next. The same observation always gives the same plan. */
public final class ApplicationPlanner {
    /** Pods made in one pass; the rest follows in the next, so that one application cannot hold up the others. */
    static final int MAX_CREATES = 50;
    /** A replica that ended for good sooner than this after its creation is not replaced at once. */
    static final Duration SHORT_LIVED = Duration.ofSeconds(10);
    /** Pause before such a replica is replaced. */
    static final Duration SHORT_LIVED_PAUSE = Duration.ofSeconds(10);

    private final Observation seen;
    private final List<Action> actions = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    // drained or ended by this plan
    private final Set<String> leaving = new HashSet<>();
    private int withheldByQuota;

    private ApplicationPlanner(Observation seen) {
        this.seen = seen;
    }

    public static Plan plan(Observation seen) {
        return new ApplicationPlanner(seen).plan();
    }

    private Plan plan() {
        ApplicationSpec spec = seen.application().getSpec();
        String revision = Revision.of(spec);
        List<Replica> replicas = Replicas.of(seen.pods(), seen.nodes(), seen.now());
        ReleasePlan releases = ReleasePlan.of(seen, replicas, revision);
        if (!releases.rollsBack()) {
            replicas(spec, revision, replicas);
        }
        StatusSummary summary =
                new StatusSummary(seen, replicas, leaving, releases.current(), revision, withheldByQuota);
        return new Plan(
                List.copyOf(actions),
                releases.actions(),
                releases.rollsBack(),
                summary.status(),
                recheckAfter(replicas, releases));
    }

    private void replicas(ApplicationSpec spec, String revision, List<Replica> replicas) {
        endWhatCannotCount(replicas);
        replicas.stream().filter(this::isDrained).forEach(replica -> end(replica, Reason.DRAINED));
        if (!seen.violations().isEmpty() && !spec.stopped()) {
            return;
        }
        List<Replica> live = replicas.stream().filter(this::countsAsLive).toList();
        int wanted = spec.stopped() ? 0 : spec.replicas();
        Rollout rollout = Rollout.next(wanted, spec.updateStrategy(), revision, live, this::isLeaving);
        rollout.removals().forEach(removal -> remove(removal, spec));
        create(rollout.create(), revision);
        endReplaced(replicas, wanted, revision);
    }

    /** Requests in flight come first. */
    private void remove(Rollout.Removal removal, ApplicationSpec spec) {
        Replica replica = removal.replica();
        String reason = spec.stopped() ? Reason.APPLICATION_STOPPED : removal.reason();
        if (replica.ready() && spec.drainSeconds() > 0 && !spec.entrypoints().isEmpty()) {
            leaving.add(replica.uid());
            actions.add(new Action.Drain(
                    replica.name(),
                    replica.uid(),
                    reason,
                    "replica " + replica.name() + where(replica) + " gets no new requests and ends in "
                            + spec.drainSeconds() + " s: " + why(replica, reason)));
        } else {
            end(replica, reason);
        }
    }

    private boolean isLeaving(Replica replica) {
        return replica.node() != null && seen.drainedBy().apply(replica.node()).isPresent();
    }

    private boolean isDrained(Replica replica) {
        return drainLeft(replica).filter(Duration::isPositive).isEmpty() && replica.drainingSince() != null;
    }

    private Optional<Duration> drainLeft(Replica replica) {
        ApplicationSpec spec = seen.application().getSpec();
        return replica.drainingSince() == null
                ? Optional.empty()
                : Optional.of(
                        Duration.between(seen.now(), replica.drainingSince().plusSeconds(spec.drainSeconds())));
    }

    /** Ended replicas and those whose node will not come back make room for others. */
    private void endWhatCannotCount(List<Replica> replicas) {
        for (Replica replica : replicas) {
            switch (presence(replica)) {
                case GONE -> end(replica, Reason.NODE_GONE);
                case LOST -> {
                    if (replica.state() != ReplicaState.STOPPING) {
                        end(replica, Reason.NODE_LOST);
                    }
                }
                case DEAD -> {}
                case PRESENT, SILENT -> {
                    if (replica.finishedAt() != null
                            && replica.state() != ReplicaState.STOPPING
                            && pauseLeft(replica).isEmpty()) {
                        end(replica, Reason.REPLICA_FAILED);
                    }
                }
            }
        }
    }

    /** What a dead node had is given up when others serve in its place, not before: the node may return with it. */
    private void endReplaced(List<Replica> replicas, int wanted, String revision) {
        long serving = replicas.stream()
                .filter(replica -> replica.ready() && replica.revision().equals(revision))
                .count();
        replicas.stream()
                .filter(replica -> presence(replica) == NodePresence.DEAD && replica.state() != ReplicaState.STOPPING)
                .filter(replica -> serving >= wanted || !replica.revision().equals(revision))
                .forEach(replica -> end(replica, Reason.NODE_DEAD));
    }

    /** A short-lived replica keeps its place until its pause is over: otherwise a failing node would be hammered. */
    private boolean countsAsLive(Replica replica) {
        boolean pausing =
                replica.state() == ReplicaState.FAILED && pauseLeft(replica).isPresent();
        return (replica.live() || pausing) && presence(replica) != NodePresence.DEAD && !ended.contains(replica.uid());
    }

    private Optional<Duration> pauseLeft(Replica replica) {
        Instant finishedAt = replica.finishedAt();
        if (finishedAt == null
                || Duration.between(replica.createdAt(), finishedAt).compareTo(SHORT_LIVED) >= 0) {
            return Optional.empty();
        }
        Duration left = Duration.between(seen.now(), finishedAt.plus(SHORT_LIVED_PAUSE));
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    private NodePresence presence(Replica replica) {
        return replica.node() == null ? NodePresence.PRESENT : seen.nodes().apply(replica.node());
    }

    private void end(Replica replica, String reason) {
        if (ended.add(replica.uid())) {
            leaving.add(replica.uid());
            boolean nobodyLeft = presence(replica) == NodePresence.GONE || presence(replica) == NodePresence.DEAD;
            actions.add(new Action.End(replica.name(), replica.uid(), nobodyLeft, reason, endMessage(replica, reason)));
        }
    }

    private String endMessage(Replica replica, String reason) {
        return "ended replica " + replica.name() + where(replica) + ": " + why(replica, reason);
    }

    private static String where(Replica replica) {
        return replica.node() == null ? "" : " on " + replica.node();
    }

    private String why(Replica replica, String reason) {
        return switch (reason) {
            case Reason.NODE_GONE -> "its node left the zone";
            case Reason.NODE_DEAD -> "its node is dead, and others serve in its place";
            case Reason.NODE_LOST -> "its node has not reported for too long";
            case Reason.NEW_REVISION -> "a new revision takes its place";
            case Reason.SCALED_DOWN -> "fewer replicas are wanted";
            case Reason.APPLICATION_STOPPED -> "the application was stopped";
            case Reason.REPLICA_FAILED -> "it ended for good and is replaced";
            case Reason.DRAINED -> "its requests had their time to end";
            case Reason.NODE_DRAINED ->
                "its node is drained by "
                        + seen.drainedBy().apply(String.valueOf(replica.node())).orElse("somebody");
            default -> reason;
        };
    }

    private void create(int wanted, String revision) {
        if (wanted == 0) {
            return;
        }
        String host = Hostnames.generated(seen.application().getMetadata().getName(), seen.id(), seen.zone());
        PodBlueprint blueprint = new PodBlueprint(seen.application(), seen.id(), revision, host);
        ReplicaNumbers numbers = new ReplicaNumbers(seen.pods());
        Pod first = blueprint.pod(numbers.next());
        int allowed = Math.min(wanted, seen.allowance().fits(first));
        withheldByQuota = wanted - allowed;
        for (int i = 0; i < Math.min(allowed, MAX_CREATES); i++) {
            Pod pod = i == 0 ? first : blueprint.pod(numbers.next());
            actions.add(new Action.Create(pod, Reason.REPLICA_CREATED));
        }
    }

    /** Time alone changes a plan when a pause, a drain or a release's deadline ends, or a container has run long enough to be judged. */
    private @Nullable Duration recheckAfter(List<Replica> replicas, ReleasePlan releases) {
        boolean starting = replicas.stream()
                .anyMatch(replica -> replica.state() == ReplicaState.NOT_READY && replica.trouble() == null);
        return Stream.of(
                        replicas.stream().map(this::pauseLeft).flatMap(Optional::stream),
                        replicas.stream().map(this::drainLeft).flatMap(Optional::stream),
                        Stream.ofNullable(releases.recheckAfter()),
                        starting ? Stream.of(Readiness.PATIENCE) : Stream.<Duration>empty())
                .flatMap(Function.identity())
                .filter(Duration::isPositive)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
