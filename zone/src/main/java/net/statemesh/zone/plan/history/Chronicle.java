// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.api.history.HistorySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history on. The same Event may be told again and again, in any order and also its earlier states after later ones: it counts
 * once, with its highest count. Older entries are folded into one per reason and actor when there are too many.
 */
public final class Chronicle {
    /** How long an entry is kept after it happened last. */
    public static final Duration KEPT = Duration.ofDays(30);
    /** With {@link Happening#MAX_MESSAGE_LENGTH} about 40 KiB at most. */
    static final int MAX_ENTRIES = 100;
    /** The newest are never folded. */
    static final int UNFOLDED = 50;

    private static final Comparator<HistoryEntry> BY_TIME = Comparator.comparing(
                    (HistoryEntry entry) -> Instant.parse(entry.last()))
            .thenComparing(HistoryEntry::reason)
            .thenComparing(HistoryEntry::about)
            .thenComparing(HistoryEntry::message)
            .thenComparing(HistoryEntry::event, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final List<HistoryEntry> entries;
    private @Nullable Instant foldedUntil;
    private int forgotten;

    private Chronicle(HistorySpec before) {
        entries = new ArrayList<>(before.entries());
        foldedUntil = before.foldedUntil() == null ? null : Instant.parse(before.foldedUntil());
        forgotten = before.forgotten();
    }

    /** The history with what happened; equal to {@code before} when all of it was known and nothing is too old. */
    public static HistorySpec written(HistorySpec before, Collection<HistoryEntry> happened, Instant now) {
        Chronicle chronicle = new Chronicle(before);
        happened.forEach(chronicle::add);
        chronicle.entries.removeIf(entry -> Instant.parse(entry.last()).isBefore(now.minus(KEPT)));
        chronicle.entries.sort(BY_TIME);
        while (chronicle.entries.size() > MAX_ENTRIES) {
            chronicle.fold();
        }
        return new HistorySpec(
                before.kind(),
                before.name(),
                chronicle.entries,
                chronicle.foldedUntil == null ? null : chronicle.foldedUntil.toString(),
                chronicle.forgotten);
    }

    private void add(HistoryEntry happened) {
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry known = entries.get(i);
            if (known.event() != null && known.event().equals(happened.event())) {
                entries.set(i, isLater(happened, known) ? happened : known);
                return;
            }
        }
        Instant folded = foldedUntil;
        if (folded == null || Instant.parse(happened.last()).isAfter(folded)) {
            entries.add(happened);
        }
    }

    private static boolean isLater(HistoryEntry a, HistoryEntry b) {
        int byCount = Integer.compare(a.count(), b.count());
        return byCount > 0 || (byCount == 0 && BY_TIME.compare(a, b) > 0);
    }

    /** Makes one entry less: of two old ones of a kind, or else of the oldest. */
    private void fold() {
        int old = entries.size() - UNFOLDED;
        for (int i = 0; i < old; i++) {
            for (int j = i + 1; j < old; j++) {
                if (isSameKind(entries.get(i), entries.get(j))) {
                    HistoryEntry later = entries.remove(j);
                    HistoryEntry earlier = entries.remove(i);
                    entries.add(j - 1, together(earlier, later));
                    return;
                }
            }
        }
        HistoryEntry oldest = entries.removeFirst();
        forgotten += oldest.count();
        folded(oldest);
    }

    private HistoryEntry together(HistoryEntry earlier, HistoryEntry later) {
        folded(earlier);
        folded(later);
        return new HistoryEntry(
                Instant.parse(earlier.first()).isBefore(Instant.parse(later.first())) ? earlier.first() : later.first(),
                later.last(),
                earlier.count() + later.count(),
                later.warning(),
                later.reason(),
                later.actor(),
                later.about(),
                later.message(),
                null);
    }

    private void folded(HistoryEntry entry) {
        Instant last = Instant.parse(entry.last());
        Instant before = foldedUntil;
        foldedUntil = before == null || last.isAfter(before) ? last : before;
    }

    private static boolean isSameKind(HistoryEntry a, HistoryEntry b) {
        return a.reason().equals(b.reason()) && a.actor().equals(b.actor()) && Objects.equals(a.warning(), b.warning());
    }
}
