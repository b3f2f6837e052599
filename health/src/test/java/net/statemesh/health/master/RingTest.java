// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.statemesh.health.protocol.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 50, 1_000})
    void everybodyIsWatchedByOthers(int nodes) {
        Map<Integer, List<Integer>> watchers = ring(nodes).watchers();
        assertThat(watchers).hasSize(nodes);
        watchers.forEach((node, its) ->
                assertThat(new HashSet<>(its)).doesNotContain(node).hasSize(Math.min(Timing.WATCHERS, nodes - 1)));
    }

    @Test
    void nobodyWatchesManyMoreThanOthers() {
        Map<Integer, Integer> watching = new HashMap<>();
        ring(1_000).watchers().values().forEach(its -> its.forEach(node -> watching.merge(node, 1, Integer::sum)));
        assertThat(watching.values()).allSatisfy(count -> assertThat(count).isBetween(3, 6));
    }

    @Test
    void theGoingOfOneChangesTheWatchersOfFew() {
        Ring ring = ring(1_000);
        Map<Integer, List<Integer>> before = ring.watchers();
        ring.remove(17);
        long changed = ring.watchers().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .count();
        assertThat(changed).isBetween(1L, 2L * Timing.WATCHERS);
        ring.add(17);
        assertThat(ring.watchers()).isEqualTo(before);
    }

    private static Ring ring(int nodes) {
        Ring ring = new Ring();
        for (int node = 1; node <= nodes; node++) {
            ring.add(node);
        }
        return ring;
    }
}
