// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.history;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.statemesh.api.SystemNames;
import net.statemesh.api.history.History;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.api.history.HistorySpec;
import net.statemesh.zone.TestZone;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.plan.history.Chronicle;
import net.statemesh.zone.plan.history.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a real API server. */
@Timeout(120)
class HistoryControllerTest {
    private static final String PROJECT = "default";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private TestZone zone;
    private ZoneCache cache;
    private HistoryController controller;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        zone = TestZone.withoutMaster(folder);
        cache = new ZoneCache(zone.admin());
        cache.start().get();
        controller = controller();
    }

    @AfterEach
    void stop() {
        controller.close();
        cache.close();
        zone.close();
    }

    @Test
    void whatHappensToReplicasAndNodesStaysWhenTheEventIsGone() {
        Event event = tell("Pod", "shop-x7k2p-ab2de-0", "NodeLost", 1);
        tell("Node", "node-1", "NodeSilent", 1);
        await().untilAsserted(() -> {
            assertThat(reasons(PROJECT, "application.shop")).containsExactly("NodeLost");
            assertThat(reasons(SystemNames.NAMESPACE, "node.node-1")).containsExactly("NodeSilent");
        });
        zone.admin().resource(event).delete();
        tell("Application", "shop", "ApplicationDeleted", 1);
        await().untilAsserted(() -> assertThat(reasons(PROJECT, "application.shop"))
                .containsExactlyInAnyOrder("NodeLost", "ApplicationDeleted"));
    }

    @Test
    void theNextLeaderGoesOnWithoutCountingAnythingTwice() {
        Event event = tell("Application", "shop", "ScaledDown", 1);
        await().untilAsserted(() -> assertThat(counts()).containsExactly(1));
        controller.close();
        event.setCount(3);
        zone.admin().resource(event).update();
        controller = controller();
        await().untilAsserted(() -> assertThat(counts()).containsExactly(3));
        controller.close();
        controller = controller();
        tell("Application", "shop", "Later", 1);
        await().untilAsserted(() -> assertThat(counts()).containsExactlyInAnyOrder(3, 1));
    }

    @Test
    void whatIsOlderThanThirtyDaysGoesAndWithItTheHistoryOfWhatIsGone() {
        tell("Application", "shop", "ApplicationDeleted", 1);
        await().untilAsserted(() -> assertThat(counts()).containsExactly(1));
        prune(NOW.plus(Chronicle.KEPT));
        assertThat(counts()).containsExactly(1);
        prune(NOW.plus(Chronicle.KEPT).plusSeconds(1));
        assertThat(history(PROJECT, "application.shop")).isNull();
    }

    @Test
    void historiesOfApplicationsThatAreGoneAreBoundedByProject() {
        for (int i = 0; i <= HistoryPruning.MAX_WITHOUT_SUBJECT; i++) {
            store("app-" + i, NOW.minusSeconds(1000 - i));
        }
        prune(NOW);
        assertThat(history(PROJECT, "application.app-0")).isNull();
        assertThat(history(PROJECT, "application.app-1")).isNotNull();
    }

    private HistoryController controller() {
        return new HistoryController(zone.admin(), cache, Clock.systemUTC());
    }

    private void prune(Instant at) {
        new HistoryPruning(new Histories(zone.admin()), subject -> false, Clock.fixed(at, ZoneOffset.UTC)).run();
    }

    private void store(String application, Instant last) {
        History history = new History();
        history.setMetadata(new ObjectMetaBuilder()
                .withNamespace(PROJECT)
                .withName(History.nameOf(Subject.APPLICATION, application))
                .build());
        history.setSpec(new HistorySpec(
                Subject.APPLICATION,
                application,
                List.of(new HistoryEntry(
                        last.toString(), last.toString(), 1, false, "ApplicationDeleted", "a", "b", "c", null)),
                null,
                0));
        zone.admin().resource(history).create();
    }

    private Event tell(String kind, String name, String reason, int count) {
        String at = NOW.toString();
        return zone.admin()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(PROJECT)
                        .withName(name + "." + reason.toLowerCase(Locale.ROOT))
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind(kind)
                        .withNamespace(PROJECT)
                        .withName(name)
                        .endInvolvedObject()
                        .withType("Normal")
                        .withReason(reason)
                        .withMessage("why")
                        .withFirstTimestamp(at)
                        .withLastTimestamp(at)
                        .withCount(count)
                        .withNewSource("statemesh:master", null)
                        .build())
                .create();
    }

    private History history(String namespace, String name) {
        return zone.admin()
                .resources(History.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private List<String> reasons(String namespace, String name) {
        return history(namespace, name).getSpec().entries().stream()
                .map(HistoryEntry::reason)
                .toList();
    }

    private List<Integer> counts() {
        return history(PROJECT, "application.shop").getSpec().entries().stream()
                .map(HistoryEntry::count)
                .toList();
    }
}
