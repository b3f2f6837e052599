// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.history;

import io.fabric8.kubernetes.api.model.Event;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.statemesh.api.Annotations;
import net.statemesh.api.history.HistoryEntry;
import org.jspecify.annotations.Nullable;

/** From an Event, of whatever component, to an entry of a history. */
public final class Happening {
    static final int MAX_MESSAGE_LENGTH = 200;
    /** Steps of every start that say nothing about why. */
    private static final Set<String> ROUTINE = Set.of("Pulling", "Pulled", "Created", "Started");
    /** A writer whose clock is so far ahead is not believed. */
    private static final Duration CLOCK_ERROR = Duration.ofMinutes(1);

    private static final String NORMAL = "Normal";

    private Happening() {}

    /** Empty for an Event that tells nothing, or no time. */
    public static Optional<HistoryEntry> of(Event event, Instant now) {
        String reason = Objects.requireNonNullElse(event.getReason(), "");
        boolean warning = !NORMAL.equals(event.getType());
        if (reason.isEmpty() || (!warning && ROUTINE.contains(reason))) {
            return Optional.empty();
        }
        Instant created = time(event.getMetadata().getCreationTimestamp());
        Instant last = earliestGood(now, lastTime(event), created);
        Instant first = earliestGood(now, time(event.getFirstTimestamp()), created);
        if (last == null) {
            return Optional.empty();
        }
        return Optional.of(new HistoryEntry(
                (first == null || first.isAfter(last) ? last : first).toString(),
                last.toString(),
                count(event),
                warning,
                reason,
                actor(event),
                event.getInvolvedObject().getName(),
                shortened(Objects.requireNonNullElse(event.getMessage(), "")),
                event.getMetadata().getUid()));
    }

    /** The first of these that is there and not in the future. */
    private static @Nullable Instant earliestGood(Instant now, @Nullable Instant... times) {
        for (Instant time : times) {
            if (time != null && !time.isAfter(now.plus(CLOCK_ERROR))) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Instant lastTime(Event event) {
        Instant last = time(event.getLastTimestamp());
        if (last == null && event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            last = time(event.getSeries().getLastObservedTime().getTime());
        }
        return last == null && event.getEventTime() != null
                ? time(event.getEventTime().getTime())
                : last;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int count(Event event) {
        Integer count =
                event.getSeries() == null ? event.getCount() : event.getSeries().getCount();
        return count == null ? 1 : Math.max(1, count);
    }

    private static String actor(Event event) {
        if (event.getMetadata().getAnnotations() != null
                && event.getMetadata().getAnnotations().containsKey(Annotations.ACTOR)) {
            return event.getMetadata().getAnnotations().get(Annotations.ACTOR);
        }
        String component = event.getSource() == null ? null : event.getSource().getComponent();
        return component == null ? Objects.requireNonNullElse(event.getReportingComponent(), "") : component;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
    }
}
