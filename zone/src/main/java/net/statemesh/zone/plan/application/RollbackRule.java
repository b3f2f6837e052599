// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/** When a release that has not served yet has failed. One that served once is never rolled back. */
final class RollbackRule {
    /** Containers may end once while they start, for example because what they need is not there yet. */
    static final int FORGIVEN_CRASHES = 1;
    /** A registry or a secret may be away for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> CRASHES = Set.of(Reason.CRASH_LOOPING, Reason.OUT_OF_MEMORY);
    private static final Set<String> NEVER_STARTED =
            Set.of(Reason.IMAGE_PULL_FAILED, Reason.CONTAINER_NOT_STARTED, Reason.SECRET_MISSING);

    private final Observation seen;
    private final ReleaseStatus status;
    private final List<Replica> updated;

    /**
     * @param status of the release as it is now
     * @param updated live replicas of the release
     */
    RollbackRule(Observation seen, ReleaseStatus status, List<Replica> updated) {
        this.seen = seen;
        this.status = status;
        this.updated = updated;
    }

    /** Whether this replica alone is enough to end the rollout. */
    static boolean endsARollout(Replica replica) {
        return hasTrouble(replica, CRASHES) && replica.restarts() >= FORGIVEN_CRASHES;
    }

    /** Why the release has failed; empty while it may still come to serve. */
    Optional<ReleaseFailure> failure(Release release) {
        ReleaseFailure failure = status.failure();
        if (failure != null && (updated.stream().anyMatch(RollbackRule::endsARollout) || neverStarts(failure))) {
            return Optional.of(failure);
        }
        return isDeadlineOver() ? Optional.of(late(release)) : Optional.empty();
    }

    /** When one of the clocks of this rule runs out; absent: none runs. */
    @Nullable
    Duration recheckAfter() {
        Instant patience =
                status.failure() == null || !hasTrouble(NEVER_STARTED) ? null : patienceEnd(status.failure());
        return Stream.of(Optional.of(deadline()), Optional.ofNullable(patience))
                .flatMap(Optional::stream)
                .map(end -> Duration.between(seen.now(), end))
                .filter(Duration::isPositive)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private boolean neverStarts(ReleaseFailure failure) {
        return NEVER_STARTED.contains(failure.reason())
                && hasTrouble(NEVER_STARTED)
                && !seen.now().isBefore(patienceEnd(failure));
    }

    private boolean isDeadlineOver() {
        return !seen.now().isBefore(deadline());
    }

    /** Counts from the last progress; time that no master saw does not count. */
    private Instant deadline() {
        Instant progressed =
                status.progressedAt() == null ? seen.watchingSince() : Instant.parse(status.progressedAt());
        Instant begun = updated.stream()
                .map(Replica::createdAt)
                .min(Comparator.naturalOrder())
                .orElse(progressed);
        return Stream.of(progressed, begun, seen.watchingSince())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusSeconds(seen.application().getSpec().progressDeadlineSeconds());
    }

    private static Instant patienceEnd(ReleaseFailure failure) {
        return Instant.parse(Objects.requireNonNull(failure.time())).plus(PATIENCE);
    }

    private ReleaseFailure late(Release release) {
        String within = "not ready within " + seen.application().getSpec().progressDeadlineSeconds()
                + " s (progressDeadlineSeconds)";
        ReleaseFailure known = status.failure();
        return new ReleaseFailure(
                release.getSpec().number(),
                release.getSpec().generation(),
                null,
                known == null ? Reason.DEADLINE_EXCEEDED : known.reason(),
                known == null ? within : within + ": " + known.message(),
                known == null ? unready() : known.replica(),
                known == null ? List.of() : known.logLines(),
                seen.actor(),
                Conditions.timestamp(seen.now()));
    }

    private @Nullable String unready() {
        return updated.stream()
                .filter(replica -> !replica.ready())
                .map(Replica::name)
                .findFirst()
                .orElse(null);
    }

    private boolean hasTrouble(Set<String> reasons) {
        return updated.stream().anyMatch(replica -> hasTrouble(replica, reasons));
    }

    private static boolean hasTrouble(Replica replica, Set<String> reasons) {
        return replica.trouble() != null && reasons.contains(replica.trouble().reason());
    }
}
