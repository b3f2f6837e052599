// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import net.statemesh.node.event.EventSeries.Verdict;
import net.statemesh.node.kube.FakeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventQueueTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeApi api = new FakeApi();

    @Test
    void whateverOneEventThrowsItIsSentAndSoIsTheNext() {
        api.fail(new IllegalStateException("client is closed"), new KubernetesClientException("the API is away"));
        try (EventQueue queue = new EventQueue(api, "node-1", Clock.systemUTC())) {
            queue.warning(pod("a"), "Failed", "first");
            queue.normal(pod("a"), "Started", "second");
            await().until(() -> api.events().size() == 2);
        }
        assertThat(api.events()).extracting(Event::getMessage).containsExactly("first", "second");
    }

    @Test
    void refusedEventIsNotTriedAgain() {
        api.fail(new KubernetesClientException("the namespace is gone", 404, null));
        try (EventQueue queue = new EventQueue(api, "node-1", Clock.systemUTC())) {
            queue.warning(pod("a"), "Failed", "first");
            queue.warning(pod("a"), "Failed", "second");
            await().until(() -> api.events().size() == 1);
        }
        assertThat(api.events()).extracting(Event::getMessage).containsExactly("second");
    }

    @Test
    void repetitionCountsUpTheFirst() {
        try (EventQueue queue = new EventQueue(api, "node-1", Clock.systemUTC())) {
            for (int i = 0; i < 5; i++) {
                queue.warning(pod("a"), "Unhealthy", "Readiness probe failed: connection refused");
            }
            await().until(() -> !api.events().isEmpty()
                    && Integer.valueOf(5).equals(api.events().getFirst().getCount()));
        }
        assertThat(api.events()).hasSize(1);
    }

    @Test
    void onePodHasABudgetThatGrowsBackAndTakesNothingFromOthers() {
        EventSeries series = new EventSeries();
        for (int i = 0; i < EventSeries.BURST; i++) {
            assertThat(series.next("a", "Failed", "message " + i, NOW)).isEqualTo(new Verdict.First());
        }
        assertThat(series.next("a", "Failed", "one more", NOW)).isEqualTo(new Verdict.TooMany());
        assertThat(series.next("b", "Failed", "another pod", NOW)).isEqualTo(new Verdict.First());
        Instant later = NOW.plus(EventSeries.REFILL);
        assertThat(series.next("a", "Failed", "one more", later)).isEqualTo(new Verdict.First());
        assertThat(series.next("a", "Failed", "yet another", later)).isEqualTo(new Verdict.TooMany());
    }

    @Test
    void seriesEndsAfterAnHour() {
        EventSeries series = new EventSeries();
        series.wrote("a", "Unhealthy", "no", "a.1", 7, NOW);
        assertThat(series.next("a", "Unhealthy", "no", NOW.plus(EventSeries.SERIES)))
                .isEqualTo(new Verdict.Repeats("a.1", 8));
        assertThat(series.next(
                        "a", "Unhealthy", "no", NOW.plus(EventSeries.SERIES).plusSeconds(1)))
                .isEqualTo(new Verdict.First());
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid("uid-" + name)
                .endMetadata()
                .build();
    }
}
