// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.statemesh.kube.embedded.store.ObjectKey;
import org.junit.jupiter.api.Test;

class EventAgesTest {
    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private final EventAges ages = new EventAges();

    @Test
    void anEventGoesAnHourAfterItWasWrittenLast() {
        ages.written(event("a", "old"), START);
        ages.written(event("a", "again"), START);
        ages.written(event("a", "again"), START.plusSeconds(60));
        assertThat(ages.due(START.plusSeconds(3599))).isEmpty();
        assertThat(ages.due(START.plusSeconds(3600))).containsExactly(event("a", "old"));
        ages.removed(event("a", "old"));
        assertThat(ages.due(START.plusSeconds(3659))).isEmpty();
        assertThat(ages.due(START.plusSeconds(3660))).containsExactly(event("a", "again"));
    }

    @Test
    void aNamespaceWithTooManyLosesItsOldestAndNobodyElseLosesAny() {
        ages.written(event("quiet", "only"), START);
        for (int i = 0; i < EventAges.MAX_PER_NAMESPACE; i++) {
            ages.written(event("loud", "e" + i), START.plusSeconds(1));
        }
        assertThat(ages.isCrowded("loud")).isFalse();
        assertThat(ages.due(START.plusSeconds(2))).isEmpty();
        ages.written(event("loud", "last"), START.plusSeconds(2));
        ages.written(event("loud", "e0"), START.plusSeconds(2));
        assertThat(ages.isCrowded("loud")).isTrue();
        assertThat(ages.due(START.plusSeconds(3))).isEqualTo(List.of(event("loud", "e1")));
    }

    private static ObjectKey event(String namespace, String name) {
        return new ObjectKey("events", namespace, name);
    }
}
