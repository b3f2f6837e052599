// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseState;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an application's releases: each accepted spec is kept once, the one that fails gives way to the last that served.
 *
 * @param current what the application's status is to say; absent before the first accepted spec
 * @param rollsBack whether the spec is about to be replaced, so that nothing else is to be done for it
 * @param recheckAfter when time alone changes this plan; absent: never
 */
record ReleasePlan(
        List<ReleaseAction> actions,
        @Nullable CurrentRelease current,
        boolean rollsBack,
        @Nullable Duration recheckAfter) {

    /** @param replicas all of them */
    static ReleasePlan of(Observation seen, List<Replica> replicas, String revision) {
        ApplicationStatus before = Objects.requireNonNullElse(seen.application().getStatus(), ApplicationStatus.NONE);
        if (!seen.violations().isEmpty()) {
            return new ReleasePlan(List.of(), before.release(), false, null);
        }
        ReleaseHistory history = new ReleaseHistory(seen.releases());
        Optional<Release> known = history.of(seen.application().getSpec(), before.release());
        List<ReleaseAction> actions = new ArrayList<>();
        Release release =
                known.orElseGet(() -> ReleaseBlueprint.release(seen, history.nextNumber(before.release()), revision));
        if (known.isEmpty()) {
            actions.add(new ReleaseAction.Keep(release));
        }
        return new Judgement(seen, history, release, replicas).plan(actions);
    }

    /** Of one release that is there, or about to be. */
    private static final class Judgement {
        private final Observation seen;
        private final ReleaseHistory history;
        private final Release release;
        private final ReleaseStatus before;
        private final int wanted;
        private final List<Replica> updated;
        private final boolean othersRun;

        Judgement(Observation seen, ReleaseHistory history, Release release, List<Replica> replicas) {
            this.seen = seen;
            this.history = history;
            this.release = release;
            this.before = ReleaseHistory.status(release);
            this.wanted = seen.application().getSpec().stopped()
                    ? 0
                    : seen.application().getSpec().replicas();
            this.updated = replicas.stream()
                    .filter(Replica::live)
                    .filter(replica ->
                            replica.revision().equals(release.getSpec().revision()))
                    .toList();
            this.othersRun = replicas.stream().filter(Replica::live).count() > updated.size();
        }

        ReleasePlan plan(List<ReleaseAction> actions) {
            if (before.state() == ReleaseState.ROLLED_BACK) {
                return unfinishedRollback(actions);
            }
            ReleaseStatus next = next();
            Optional<Release> fallback =
                    next.servedAt() != null || !seen.application().getSpec().automaticRollback()
                            ? Optional.empty()
                            : history.fallback(release);
            if (fallback.isPresent() && wanted > 0) {
                RollbackRule rule = new RollbackRule(seen, next, updated);
                Optional<ReleaseFailure> failed = rule.failure(release);
                if (failed.isPresent()) {
                    return rollBack(actions, next, failed.get().rolledBack(number(fallback.get())), fallback.get());
                }
                return steady(actions, next, number(fallback.get()), rule.recheckAfter());
            }
            return steady(actions, next, null, null);
        }

        /** The spec was not put back yet when the master ended. */
        private ReleasePlan unfinishedRollback(List<ReleaseAction> actions) {
            ReleaseFailure failure = Objects.requireNonNull(before.failure());
            Optional<Release> to = history.numbered(failure.rolledBackTo());
            to.ifPresent(target -> actions.add(new ReleaseAction.RollBack(release, target, failure)));
            return new ReleasePlan(
                    List.copyOf(actions), new CurrentRelease(number(release), null, failure), to.isPresent(), null);
        }

        private ReleasePlan rollBack(
                List<ReleaseAction> actions, ReleaseStatus next, ReleaseFailure failure, Release to) {
            actions.add(new ReleaseAction.Report(
                    release,
                    new ReleaseStatus(
                            ReleaseState.ROLLED_BACK, next.readyReplicas(), next.progressedAt(), null, failure)));
            actions.add(new ReleaseAction.RollBack(release, to, failure));
            return new ReleasePlan(
                    List.copyOf(actions), new CurrentRelease(number(release), null, failure), true, null);
        }

        private ReleasePlan steady(
                List<ReleaseAction> actions,
                ReleaseStatus next,
                @Nullable Long fallback,
                @Nullable Duration recheckAfter) {
            if (!next.equals(release.getStatus())) {
                actions.add(new ReleaseAction.Report(release, next));
            }
            history.all().stream()
                    .filter(other -> !number(other).equals(number(release)))
                    .filter(other -> isOpen(ReleaseHistory.status(other).state()))
                    .forEach(other -> actions.add(new ReleaseAction.Report(
                            other, ReleaseHistory.status(other).withState(ReleaseState.SUPERSEDED))));
            history.surplus(release).forEach(old -> actions.add(new ReleaseAction.Forget(old)));
            Optional<Release> newer = history.newest().filter(newest -> number(newest) > number(release));
            ReleaseFailure failure =
                    newer.isPresent() ? ReleaseHistory.status(newer.get()).failure() : next.failure();
            return new ReleasePlan(
                    List.copyOf(actions), new CurrentRelease(number(release), fallback, failure), false, recheckAfter);
        }

        private static boolean isOpen(ReleaseState state) {
            return switch (state) {
                case ROLLING_OUT, SERVING -> true;
                case SUPERSEDED, ROLLED_BACK -> false;
            };
        }

        private ReleaseStatus next() {
            String now = Conditions.timestamp(seen.now());
            int ready = (int) updated.stream().filter(Replica::ready).count();
            boolean complete = wanted > 0 && ready >= wanted && !othersRun;
            String servedAt =
                    before.servedAt() != null ? before.servedAt() : complete || hasPodsOfAServedOne() ? now : null;
            boolean progress = servedAt == null && ready > before.readyReplicas();
            return new ReleaseStatus(
                    servedAt == null ? ReleaseState.ROLLING_OUT : ReleaseState.SERVING,
                    progress ? (Integer) ready : before.readyReplicas(),
                    progress ? now : before.progressedAt(),
                    servedAt,
                    servedAt == null ? failure() : null);
        }

        /** A change of routes alone rolls nothing out. */
        private boolean hasPodsOfAServedOne() {
            CurrentRelease said = seen.application().getStatus() == null
                    ? null
                    : seen.application().getStatus().release();
            return said != null
                    && history.numbered(said.number())
                            .filter(ReleaseHistory::served)
                            .filter(other -> other.getSpec()
                                    .revision()
                                    .equals(release.getSpec().revision()))
                            .isPresent();
        }

        /** Stays while its reason does, so that its time is that of the first sight. */
        private @Nullable ReleaseFailure failure() {
            Optional<Replica> worst = updated.stream()
                    .filter(replica ->
                            replica.trouble() != null && replica.trouble().lasting())
                    .min(Comparator.comparing(replica -> !RollbackRule.endsARollout(replica)));
            if (worst.isEmpty()) {
                return before.failure();
            }
            Trouble trouble = Objects.requireNonNull(worst.get().trouble());
            boolean same = Stream.ofNullable(before.failure())
                    .anyMatch(failure -> failure.reason().equals(trouble.reason()));
            return same
                    ? before.failure()
                    : new ReleaseFailure(
                            number(release),
                            release.getSpec().generation(),
                            null,
                            trouble.reason(),
                            trouble.message(),
                            worst.get().name(),
                            trouble.logLines(),
                            seen.actor(),
                            Conditions.timestamp(seen.now()));
        }

        private static Long number(Release release) {
            return release.getSpec().number();
        }
    }
}
