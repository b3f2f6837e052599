// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseState;
import net.statemesh.api.application.ReleaseStatus;
import org.jspecify.annotations.Nullable;

/** The releases of one application that are kept, oldest first. */
final class ReleaseHistory {
    /** Older ones are deleted, except those that serve or could be rolled back to. */
    static final int MAX_KEPT = 20;

    private final List<Release> releases;

    ReleaseHistory(List<Release> releases) {
        this.releases = releases.stream()
                .sorted(Comparator.comparing(release -> release.getSpec().number()))
                .toList();
    }

    /** What makes a release another one: how many replicas run, and whether any, is operated and not released. */
    static ApplicationSpec content(ApplicationSpec spec) {
        return spec.toBuilder().replicas(1).stopped(false).build();
    }

    static ReleaseStatus status(Release release) {
        return Objects.requireNonNullElseGet(
                release.getStatus(),
                () -> ReleaseStatus.startedAt(release.getMetadata().getCreationTimestamp()));
    }

    static boolean served(Release release) {
        return status(release).servedAt() != null;
    }

    List<Release> all() {
        return releases;
    }

    Optional<Release> newest() {
        return releases.isEmpty() ? Optional.empty() : Optional.of(releases.getLast());
    }

    Optional<Release> numbered(@Nullable Long number) {
        return releases.stream()
                .filter(release -> release.getSpec().number().equals(number))
                .findFirst();
    }

    /**
     * The release that a spec belongs to; empty when it is a new one. A rollback writes the spec before the status, and a new release
     * is kept before the status names it: both are recognised.
     */
    Optional<Release> of(ApplicationSpec spec, @Nullable CurrentRelease said) {
        Optional<Release> current = said == null ? Optional.empty() : numbered(said.number());
        return current.filter(release -> hasContent(release, spec))
                .or(() -> current.map(release -> status(release).failure())
                        .flatMap(failure -> numbered(failure.rolledBackTo()))
                        .filter(release -> hasContent(release, spec)))
                .or(() -> newest().filter(release -> status(release).state() != ReleaseState.ROLLED_BACK)
                        .filter(release -> hasContent(release, spec)));
    }

    long nextNumber(@Nullable CurrentRelease said) {
        long kept = newest().map(release -> release.getSpec().number()).orElse(0L);
        return 1 + Math.max(kept, said == null ? 0 : said.number());
    }

    /** The latest one that served with other pods than {@code release}. */
    Optional<Release> fallback(Release release) {
        return releases.reversed().stream()
                .filter(ReleaseHistory::served)
                .filter(other ->
                        !other.getSpec().number().equals(release.getSpec().number()))
                .filter(other ->
                        !other.getSpec().revision().equals(release.getSpec().revision()))
                .findFirst();
    }

    /** Those beyond {@link #MAX_KEPT} that nobody needs any more. */
    List<Release> surplus(Release current) {
        List<Long> needed = Stream.concat(Stream.of(current), fallback(current).stream())
                .map(release -> release.getSpec().number())
                .toList();
        return releases.stream()
                .limit(Math.max(0, releases.size() - MAX_KEPT))
                .filter(release -> !needed.contains(release.getSpec().number()))
                .toList();
    }

    private static boolean hasContent(Release release, ApplicationSpec spec) {
        return content(release.getSpec().template()).equals(content(spec));
    }
}
