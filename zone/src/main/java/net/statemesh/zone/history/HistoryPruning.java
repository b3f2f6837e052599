// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.statemesh.api.history.History;
import net.statemesh.api.history.HistorySpec;
import net.statemesh.zone.plan.history.Subject;

/** Drops what is too old, and Histories of subjects that are gone when there is nothing in them, or too many of them. */
final class HistoryPruning {
    static final Duration PERIOD = Duration.ofHours(1);
    /** Histories of applications that are gone, in one project: making and deleting applications fills no store. */
    static final int MAX_WITHOUT_SUBJECT = 100;

    private final Histories histories;
    private final Predicate<Subject> exists;
    private final Clock clock;

    HistoryPruning(Histories histories, Predicate<Subject> exists, Clock clock) {
        this.histories = histories;
        this.exists = exists;
        this.clock = clock;
    }

    Duration run() {
        Instant now = clock.instant();
        Map<String, List<History>> byNamespace = histories.all().stream()
                .collect(Collectors.groupingBy(history -> history.getMetadata().getNamespace()));
        for (List<History> inNamespace : byNamespace.values()) {
            inNamespace.forEach(history -> histories.prune(history, now));
            List<History> left = inNamespace.stream()
                    .filter(history -> !exists.test(subject(history)))
                    .sorted(Comparator.comparing(HistoryPruning::last))
                    .toList();
            int tooMany = Math.max(0, left.size() - MAX_WITHOUT_SUBJECT);
            left.subList(0, tooMany).forEach(histories::delete);
            left.stream()
                    .skip(tooMany)
                    .filter(history -> history.getSpec().entries().isEmpty())
                    .forEach(histories::delete);
        }
        return PERIOD;
    }

    private static Subject subject(History history) {
        HistorySpec spec = history.getSpec();
        return new Subject(history.getMetadata().getNamespace(), spec.kind(), spec.name());
    }

    private static Instant last(History history) {
        HistorySpec spec = history.getSpec();
        return spec.entries().isEmpty()
                ? Instant.EPOCH
                : Instant.parse(spec.entries().getLast().last());
    }
}
