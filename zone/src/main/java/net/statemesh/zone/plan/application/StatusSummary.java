// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.api.validation.Violation;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/** Says how an application is doing, and why. */
final class StatusSummary {
    private final Observation seen;
    private final ApplicationSpec spec;
    private final ApplicationStatus before;
    private final List<Replica> replicas;
    private final @Nullable CurrentRelease release;
    private final String revision;
    private final int withheldByQuota;
    private final int wanted;
    private final int ready;
    private final int readyUpdated;
    private final long updated;
    private final long outdated;

    /**
     * Looks at what will be once the plan is carried out.
     *
     * @param replicas all of them, before the plan's actions
     * @param leaving uids of those that the plan drains or ends
     */
    StatusSummary(
            Observation seen,
            List<Replica> replicas,
            Set<String> leaving,
            @Nullable CurrentRelease release,
            String revision,
            int withheldByQuota) {
        this.seen = seen;
        this.spec = seen.application().getSpec();
        this.before = Objects.requireNonNullElse(seen.application().getStatus(), ApplicationStatus.NONE);
        this.replicas = replicas;
        this.release = release;
        this.revision = revision;
        this.withheldByQuota = withheldByQuota;
        this.wanted = spec.stopped() ? 0 : spec.replicas();
        List<Replica> live = replicas.stream()
                .filter(replica -> replica.live() && !leaving.contains(replica.uid()))
                .toList();
        this.ready = (int) live.stream().filter(Replica::ready).count();
        this.readyUpdated = (int)
                live.stream().filter(Replica::ready).filter(this::isUpdated).count();
        this.updated = live.stream().filter(this::isUpdated).count();
        this.outdated = live.size() - updated;
    }

    ApplicationStatus status() {
        Optional<Trouble> trouble = trouble();
        Phase phase = phase(trouble);
        Hosts hosts = Hosts.of(seen, seen.violations().isEmpty());
        return new ApplicationStatus(
                phase,
                seen.id(),
                Objects.requireNonNullElse(seen.application().getMetadata().getGeneration(), 0L),
                revision,
                release,
                (int) (updated + outdated),
                ready,
                (int) updated,
                Labels.APPLICATION_ID + "=" + seen.id(),
                hosts.names(),
                hosts.urls(),
                replicaStatuses(),
                conditions(phase, trouble));
    }

    private boolean isUpdated(Replica replica) {
        return replica.revision().equals(revision);
    }

    private Phase phase(Optional<Trouble> trouble) {
        if (wanted == 0) {
            return replicas.isEmpty() ? Phase.STOPPED : Phase.STOPPING;
        }
        if (!seen.violations().isEmpty()) {
            return ready > 0 ? Phase.DEGRADED : Phase.FAILED;
        }
        if (complete()) {
            return Phase.SERVING;
        }
        if (trouble.filter(Trouble::lasting).isPresent()) {
            return ready > 0 ? Phase.DEGRADED : waitsForRoom(trouble.get()) ? Phase.PENDING : Phase.FAILED;
        }
        return servedBefore() ? Phase.DEGRADED : Phase.DEPLOYING;
    }

    private boolean complete() {
        return readyUpdated >= wanted && outdated == 0;
    }

    private static boolean waitsForRoom(Trouble trouble) {
        return switch (trouble.reason()) {
            case Reason.UNSCHEDULABLE, Reason.GANG_TIMED_OUT, Reason.QUOTA_EXCEEDED -> true;
            default -> false;
        };
    }

    /** Whether this same spec was served in full once: then what is missing now was lost, not yet to come. */
    private boolean servedBefore() {
        return (before.phase() == Phase.SERVING || before.phase() == Phase.DEGRADED)
                && Objects.equals(
                        before.observedGeneration(),
                        seen.application().getMetadata().getGeneration())
                && revision.equals(before.revision());
    }

    /** The one thing to tell: lasting before passing trouble. Not that of old revisions: what is wanted now may be the cure. */
    private Optional<Trouble> trouble() {
        List<Replica> troubled = replicas.stream()
                .filter(Replica::live)
                .filter(this::isUpdated)
                .filter(replica -> replica.trouble() != null)
                .toList();
        Optional<Trouble> worst = troubled.stream()
                .min(Comparator.comparing(replica -> !isLasting(replica)))
                .map(Replica::trouble);
        return worst.filter(Trouble::lasting)
                .or(this::creationTrouble)
                .or(() -> worst)
                .map(trouble -> {
                    long same = troubled.stream()
                            .map(Replica::trouble)
                            .filter(other -> other != null && other.reason().equals(trouble.reason()))
                            .count();
                    return same < 2 ? trouble : trouble.withMessage(same + " replicas: " + trouble.message());
                });
    }

    private static boolean isLasting(Replica replica) {
        Trouble trouble = replica.trouble();
        return trouble != null && trouble.lasting();
    }

    private Optional<Trouble> creationTrouble() {
        if (!seen.refusal().isEmpty()) {
            boolean quota = seen.refusal().contains("exceeded quota");
            return Optional.of(new Trouble(
                    quota ? Reason.QUOTA_EXCEEDED : Reason.REPLICA_NOT_CREATED,
                    "the API server refuses a replica: " + seen.refusal(),
                    true));
        }
        return withheldByQuota == 0
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Reason.QUOTA_EXCEEDED,
                        withheldByQuota + " more replicas do not fit the quota of project '"
                                + seen.application().getMetadata().getNamespace() + "'; left are "
                                + seen.allowance().describe(),
                        true));
    }

    private List<Condition> conditions(Phase phase, Optional<Trouble> trouble) {
        Conditions conditions = new Conditions(before.conditions(), seen.actor(), seen.now());
        accepted(conditions);
        String progress = readyUpdated + " of " + wanted + " replicas are ready";
        switch (phase) {
            case SERVING ->
                conditions
                        .set(ConditionTypes.SERVING, true, Reason.ALL_REPLICAS_READY, progress)
                        .set(ConditionTypes.PROGRESSING, false, Reason.ALL_REPLICAS_READY, progress);
            case STOPPED, STOPPING -> {
                String reason = spec.stopped() ? Reason.STOPPED_BY_USER : Reason.SCALED_DOWN;
                conditions
                        .set(ConditionTypes.SERVING, false, reason, "no replica is wanted")
                        .set(ConditionTypes.PROGRESSING, phase == Phase.STOPPING, reason, null);
            }
            case PENDING, DEPLOYING, DEGRADED, FAILED -> {
                String reason = reason(trouble);
                String message =
                        progress + trouble.map(found -> "; " + found.message()).orElse("");
                boolean blocked = trouble.filter(Trouble::lasting).isPresent()
                        || !seen.violations().isEmpty();
                conditions
                        .set(ConditionTypes.SERVING, false, reason, message)
                        .set(ConditionTypes.PROGRESSING, !blocked, reason, message);
            }
        }
        if (release != null && release.failure() != null && release.failure().rolledBackTo() != null) {
            rolledBack(conditions, release.failure());
        }
        return conditions.list();
    }

    private static void rolledBack(Conditions conditions, ReleaseFailure failure) {
        conditions.set(
                ConditionTypes.ROLLED_BACK,
                true,
                failure.reason(),
                "release " + failure.release() + " gave way to release " + failure.rolledBackTo() + ": "
                        + failure.message());
    }

    private String reason(Optional<Trouble> trouble) {
        if (!seen.violations().isEmpty()) {
            return seen.violations().getFirst().reason();
        }
        return trouble.map(Trouble::reason).orElse(Reason.WAITING_FOR_READINESS);
    }

    private void accepted(Conditions conditions) {
        if (seen.violations().isEmpty()) {
            conditions.set(ConditionTypes.ACCEPTED, true, Reason.READY, null);
            return;
        }
        conditions.set(
                ConditionTypes.ACCEPTED,
                false,
                seen.violations().getFirst().reason(),
                seen.violations().stream().map(Violation::sentence).collect(Collectors.joining("; ")));
    }

    /** Those with trouble first, then by name; bounded. */
    private List<ReplicaStatus> replicaStatuses() {
        Map<String, ReplicaStatus> previous = before.replicaStatuses().stream()
                .collect(Collectors.toMap(ReplicaStatus::name, Function.identity(), (first, second) -> first));
        return replicas.stream()
                .sorted(Comparator.<Replica, Boolean>comparing(replica -> replica.state() == ReplicaState.READY)
                        .thenComparing(Replica::name))
                .limit(ApplicationStatus.MAX_REPLICA_STATUSES)
                .map(replica -> replicaStatus(replica, previous.get(replica.name())))
                .toList();
    }

    private ReplicaStatus replicaStatus(Replica replica, @Nullable ReplicaStatus previous) {
        String since = previous != null && previous.state() == replica.state() && previous.since() != null
                ? previous.since()
                : Conditions.timestamp(seen.now());
        Trouble trouble = replica.trouble();
        return new ReplicaStatus(
                replica.name(),
                replica.node(),
                replica.state(),
                replica.restarts(),
                trouble == null ? null : trouble.reason(),
                trouble == null ? null : trouble.message(),
                replica.revision(),
                since);
    }
}
