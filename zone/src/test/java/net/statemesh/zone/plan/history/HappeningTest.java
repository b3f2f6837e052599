// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.time.Instant;
import java.util.Optional;
import net.statemesh.api.Annotations;
import net.statemesh.api.SystemNames;
import net.statemesh.api.history.HistoryEntry;
import org.junit.jupiter.api.Test;

class HappeningTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    @Test
    void anEntrySaysWhatWhyWhoAndWhen() {
        assertThat(Happening.of(event("Pod", "shop-x7k2p-abcde-0").build(), NOW))
                .contains(new HistoryEntry(
                        "2026-05-01T09:00:00Z",
                        "2026-05-01T09:30:00Z",
                        4,
                        true,
                        "BackOff",
                        "node-1",
                        "shop-x7k2p-abcde-0",
                        "it ends again and again",
                        "uid-1"));
    }

    @Test
    void eventsOfOtherComponentsAreUnderstoodToo() {
        HistoryEntry entry = Happening.of(
                        event("Node", "node-1")
                                .editMetadata()
                                .withAnnotations(null)
                                .endMetadata()
                                .withFirstTimestamp(null)
                                .withLastTimestamp(null)
                                .withCount(null)
                                .withEventTime(new MicroTime("2026-05-01T09:10:00.123456Z"))
                                .withNewSource("kubelet", "node-1")
                                .build(),
                        NOW)
                .orElseThrow();
        assertThat(entry.last()).isEqualTo("2026-05-01T09:10:00Z");
        assertThat(entry.actor()).isEqualTo("kubelet");
        assertThat(entry.count()).isEqualTo(1);
    }

    @Test
    void routineIsNoHistoryUnlessItFails() {
        assertThat(Happening.of(
                        event("Pod", "p")
                                .withType("Normal")
                                .withReason("Pulling")
                                .build(),
                        NOW))
                .isEmpty();
        assertThat(Happening.of(event("Pod", "p").withReason("Pulling").build(), NOW))
                .isPresent();
    }

    @Test
    void aTimeInTheFutureIsNotBelieved() {
        assertThat(Happening.of(
                                event("Pod", "p")
                                        .withLastTimestamp("2999-01-01T00:00:00Z")
                                        .build(),
                                NOW)
                        .orElseThrow()
                        .last())
                .isEqualTo("2026-05-01T09:00:01Z");
    }

    @Test
    void longMessagesAreCut() {
        HistoryEntry entry = Happening.of(
                        event("Pod", "p").withMessage("x".repeat(5000)).build(), NOW)
                .orElseThrow();
        assertThat(entry.message()).hasSize(Happening.MAX_MESSAGE_LENGTH).endsWith("x…");
    }

    @Test
    void whatHappensToAReplicaBelongsToItsApplicationAlsoWhenItIsGone() {
        Subject shop = new Subject("team", Subject.APPLICATION, "my-shop");
        assertThat(Subject.of(event("Pod", "whatever").build(), pod -> Optional.of("my-shop")))
                .contains(shop);
        assertThat(Subject.of(event("Pod", "my-shop-x7k2p-ab2de-12").build(), pod -> Optional.empty()))
                .contains(shop);
        assertThat(Subject.of(event("Pod", "somebodys").build(), pod -> Optional.empty()))
                .isEmpty();
        assertThat(shop.historyName()).isEqualTo("application.my-shop");
    }

    @Test
    void nodesAndProjectsHaveTheirHistoryInTheZonesNamespace() {
        assertThat(Subject.of(event("Node", "node-1").build(), pod -> Optional.empty()))
                .contains(new Subject(SystemNames.NAMESPACE, Subject.NODE, "node-1"));
        assertThat(Subject.of(event("ConfigMap", "x").build(), pod -> Optional.empty()))
                .isEmpty();
    }

    private static EventBuilder event(String kind, String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName(name + ".1")
                .withUid("uid-1")
                .withCreationTimestamp("2026-05-01T09:00:01Z")
                .addToAnnotations(Annotations.ACTOR, "node-1")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind(kind)
                .withName(name)
                .endInvolvedObject()
                .withType("Warning")
                .withReason("BackOff")
                .withMessage("it ends again and again")
                .withFirstTimestamp("2026-05-01T09:00:00Z")
                .withLastTimestamp("2026-05-01T09:30:00Z")
                .withCount(4);
    }
}
