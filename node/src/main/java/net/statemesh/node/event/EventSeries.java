// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which events are worth an object: what repeats itself counts up the first one, and no pod writes more than a few a minute.
 * Otherwise one probe that fails every second would fill the API. Pure but for what it remembers; not safe for use by several threads.
 */
final class EventSeries {
    /** How long a repetition belongs to the event before it. */
    static final Duration SERIES = Duration.ofHours(1);
    /** Events that a pod may have at once. */
    static final int BURST = 25;
    /** How long it takes until a pod may have one more. */
    static final Duration REFILL = Duration.ofSeconds(30);

    private static final int MAX_REMEMBERED = 2_000;

    private record Kind(String podUid, String reason, String message) {}

    private record Written(String name, int count, Instant at) {}

    private record Budget(double events, Instant at) {}

    private final Map<Kind, Written> written = bounded();
    private final Map<String, Budget> budgets = bounded();

    /** What to do with an event. */
    sealed interface Verdict {
        /** It is the first of its kind. */
        record First() implements Verdict {}

        /** It repeats an event that was written: {@code count} times now, this one included. */
        record Repeats(String name, int count) implements Verdict {}

        /** Its pod has had too many. */
        record TooMany() implements Verdict {}
    }

    Verdict next(String podUid, String reason, String message, Instant now) {
        if (!spend(podUid, now)) {
            return new Verdict.TooMany();
        }
        Written before = written.get(new Kind(podUid, reason, message));
        return before == null || before.at().plus(SERIES).isBefore(now)
                ? new Verdict.First()
                : new Verdict.Repeats(before.name(), before.count() + 1);
    }

    /** The API has it. */
    void wrote(String podUid, String reason, String message, String name, int count, Instant now) {
        written.put(new Kind(podUid, reason, message), new Written(name, count, now));
    }

    private boolean spend(String podUid, Instant now) {
        Budget before = budgets.getOrDefault(podUid, new Budget(BURST, now));
        double earned = Math.max(0, Duration.between(before.at(), now).toMillis()) / (double) REFILL.toMillis();
        double left = Math.min(BURST, before.events() + earned);
        boolean enough = left >= 1;
        budgets.put(podUid, new Budget(enough ? left - 1 : left, now));
        return enough;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }
}
