// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.api.history.HistorySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final HistorySpec EMPTY = HistorySpec.of(Subject.APPLICATION, "shop");

    @Test
    void whatHappenedLastComesLast() {
        HistorySpec history = Chronicle.written(
                EMPTY, List.of(entry("b", 1, 20, "ScaledDown"), entry("a", 1, 10, "ReplicaCreated")), NOW);
        assertThat(history.entries()).extracting(HistoryEntry::reason).containsExactly("ReplicaCreated", "ScaledDown");
    }

    @Test
    void anEventThatIsToldAgainCountsOnceWithItsHighestCount() {
        HistorySpec history = Chronicle.written(EMPTY, List.of(entry("a", 3, 30, "BackOff")), NOW);
        assertThat(Chronicle.written(history, List.of(entry("a", 3, 30, "BackOff")), NOW))
                .isEqualTo(history);
        assertThat(Chronicle.written(history, List.of(entry("a", 2, 20, "BackOff")), NOW))
                .isEqualTo(history);
        assertThat(Chronicle.written(history, List.of(entry("a", 4, 40, "BackOff")), NOW)
                        .entries())
                .singleElement()
                .extracting(HistoryEntry::count)
                .isEqualTo(4);
    }

    @Test
    void entriesGoThirtyDaysAfterTheyHappenedLast() {
        HistorySpec history = Chronicle.written(EMPTY, List.of(entry("a", 1, 0, "NodeLost")), NOW);
        assertThat(Chronicle.written(history, List.of(), NOW.plus(Chronicle.KEPT))
                        .entries())
                .hasSize(1);
        assertThat(Chronicle.written(
                                history, List.of(), NOW.plus(Chronicle.KEPT).plusSeconds(1))
                        .entries())
                .isEmpty();
    }

    @Test
    void oldEntriesOfAKindAreFoldedIntoOneWhenThereAreTooMany() {
        List<HistoryEntry> many = IntStream.rangeClosed(0, Chronicle.MAX_ENTRIES)
                .mapToObj(i -> entry("e" + i, 1, i, i % 2 == 0 ? "ReplicaCreated" : "ScaledDown"))
                .toList();
        HistorySpec history = Chronicle.written(EMPTY, many, NOW.plusSeconds(1000));
        assertThat(history.entries()).hasSize(Chronicle.MAX_ENTRIES);
        assertThat(history.entries())
                .filteredOn(entry -> entry.count() == 2)
                .singleElement()
                .satisfies(folded -> {
                    assertThat(folded.reason()).isEqualTo("ReplicaCreated");
                    assertThat(folded.first()).isEqualTo(NOW.toString());
                    assertThat(folded.last()).isEqualTo(NOW.plusSeconds(2).toString());
                    assertThat(folded.event()).isNull();
                });
        assertThat(Chronicle.written(history, many, NOW.plusSeconds(1000)))
                .as("a leader that starts is told everything again")
                .isEqualTo(history);
    }

    @Test
    void whatCannotBeFoldedIsForgottenAndCounted() {
        List<HistoryEntry> many = IntStream.rangeClosed(0, Chronicle.MAX_ENTRIES)
                .mapToObj(i -> entry("e" + i, 2, i, "Reason" + i))
                .toList();
        HistorySpec history = Chronicle.written(EMPTY, many, NOW);
        assertThat(history.entries())
                .hasSize(Chronicle.MAX_ENTRIES)
                .noneMatch(entry -> entry.reason().equals("Reason0"));
        assertThat(history.forgotten()).isEqualTo(2);
    }

    /** Whatever the order in which a leader and the next one are told of the same Events, and how often. */
    @Test
    @Tag("property")
    void nothingIsCountedTwiceAndNothingIsLostInAnyOrder() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<HistoryEntry> states = states(random);
            HistorySpec once = Chronicle.written(EMPTY, states, NOW.plusSeconds(1000));
            List<HistoryEntry> told = new ArrayList<>(states);
            told.addAll(states);
            Collections.shuffle(told, random);
            HistorySpec history = EMPTY;
            for (HistoryEntry entry : told) {
                history = Chronicle.written(history, List.of(entry), NOW.plusSeconds(1000));
            }
            assertThat(history).as("seed %d", seed).isEqualTo(once);
        }
    }

    /** Whatever happens, counts add up and the size stays bounded. */
    @Test
    @Tag("property")
    void aHistoryThatIsWrittenOnInOrderLosesNoCountAndStaysSmall() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            HistorySpec history = EMPTY;
            int total = 0;
            for (int i = 0; i < 400; i++) {
                history = Chronicle.written(
                        history, List.of(entry("e" + i, 1, i, "Reason" + random.nextInt(80))), NOW.plusSeconds(1000));
                total++;
                assertThat(history.entries()).as("seed %d", seed).hasSizeLessThanOrEqualTo(Chronicle.MAX_ENTRIES);
                assertThat(history.forgotten()
                                + history.entries().stream()
                                        .mapToInt(HistoryEntry::count)
                                        .sum())
                        .as("seed %d", seed)
                        .isEqualTo(total);
            }
        }
    }

    private static List<HistoryEntry> states(Random random) {
        List<HistoryEntry> states = new ArrayList<>();
        for (int event = 0; event < Chronicle.MAX_ENTRIES / 2; event++) {
            int at = random.nextInt(100);
            for (int count = 1; count <= 1 + random.nextInt(4); count++) {
                states.add(entry("e" + event, count, at + 100 * count, "Reason" + event % 7));
            }
        }
        return states;
    }

    private static HistoryEntry entry(String event, int count, int atSeconds, String reason) {
        String last = NOW.plusSeconds(atSeconds).toString();
        return new HistoryEntry(last, last, count, false, reason, "statemesh:master", "shop", "why", event);
    }
}
