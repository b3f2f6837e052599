// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.replacement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final int HIGH = 1000;
    private static final int NORMAL = 0;
    private static final int LOW = -1000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Turns turns = new Turns();

    @Test
    void higherPrioritiesGoFirstThenWhoServesLeast() {
        turns.need("a-low", LOW, 0, 5);
        turns.need("b-serves", NORMAL, 3, 5);
        turns.need("c-down", NORMAL, 0, 5);
        turns.need("d-high", HIGH, 9, 5);
        assertThat(turns.granted("d-high", 1, NOW)).isEqualTo(5);
        assertThat(turns.granted("c-down", 1, NOW)).isEqualTo(Turns.STARTING_PER_NODE - 5);
        assertThat(turns.granted("b-serves", 1, NOW)).isZero();
        assertThat(turns.granted("a-low", 1, NOW)).isZero();
        assertThat(turns.next(1, NOW)).containsExactly("d-high", "c-down");
        assertThat(turns.granted("a-low", 3, NOW)).isEqualTo(5);
    }

    @Test
    void whatStartsMakesRoomWhenItIsReadyOrTakesTooLong() {
        turns.need("shop", NORMAL, 0, 20);
        for (int i = 0; i < Turns.STARTING_PER_NODE; i++) {
            turns.started("shop", "shop-" + i, NOW);
        }
        turns.need("shop", NORMAL, 0, 12);
        assertThat(turns.granted("shop", 1, NOW)).isZero();
        assertThat(turns.onTheirWay("shop", Set.of("shop-0", "shop-1", "unknown")))
                .isTrue();
        assertThat(turns.granted("shop", 1, NOW)).isEqualTo(Turns.STARTING_PER_NODE - 2);
        assertThat(turns.onTheirWay("shop", Set.of("shop-0", "shop-1"))).isFalse();
        assertThat(turns.granted("shop", 1, NOW.plus(Turns.PATIENCE))).isEqualTo(Turns.STARTING_PER_NODE);
    }

    @Test
    void whoDoesNotTakeItsTurnHoldsNobodyUpForLong() {
        turns.need("stuck", HIGH, 0, 100);
        turns.need("shop", LOW, 0, 2);
        assertThat(turns.granted("shop", 1, NOW)).isZero();
        assertThat(turns.granted("shop", 1, NOW.plus(Turns.PATIENCE))).isEqualTo(2);
        turns.need("stuck", HIGH, 0, 100);
        assertThat(turns.granted("shop", 1, NOW.plus(Turns.PATIENCE))).isZero();
        turns.forget("stuck");
        assertThat(turns.granted("shop", 1, NOW)).isEqualTo(2);
        turns.forget("shop");
        assertThat(turns.isIdle()).isTrue();
    }

    /** Half of 20 nodes with 2,000 applications die; replacements take a second each to become ready. */
    @Test
    void aMassOutageIsReplacedInOrderOfPriorityWithinTheBudget() {
        int nodes = 10;
        Random random = new Random(7);
        Map<String, Integer> missing = new HashMap<>();
        Map<String, Integer> priorities = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String application = "app-" + i;
            missing.put(application, 1 + random.nextInt(4));
            priorities.put(application, List.of(LOW, NORMAL, HIGH).get(random.nextInt(3)));
            turns.need(application, priorities.get(application), 0, missing.get(application));
        }
        List<Integer> served = new ArrayList<>();
        for (int second = 0; !missing.isEmpty(); second++) {
            Instant now = NOW.plusSeconds(second);
            int started = 0;
            for (String application : turns.next(nodes, now)) {
                int granted = turns.granted(application, nodes, now);
                Set<String> names = new HashSet<>();
                for (int i = 0; i < granted; i++) {
                    turns.started(application, application + "-" + second + "-" + i, now);
                    names.add(application + "-" + second + "-" + i);
                    served.add(priorities.get(application));
                }
                started += granted;
                missing.merge(application, -granted, Integer::sum);
                turns.need(application, priorities.get(application), granted, missing.get(application));
                assertThat(turns.onTheirWay(application, names)).isFalse();
            }
            assertThat(started).isPositive().isLessThanOrEqualTo(nodes * Turns.STARTING_PER_NODE);
            priorities.keySet().forEach(application -> turns.onTheirWay(application, Set.of()));
            missing.values().removeIf(left -> left == 0);
        }
        assertThat(served).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(turns.isIdle()).isTrue();
    }
}
