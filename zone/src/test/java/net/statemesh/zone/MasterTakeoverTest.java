// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Phase;
import net.statemesh.api.history.History;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.zone.cache.ChangeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two masters over one API server; the leader dies again and again in the middle of its work. */
@Timeout(120)
class MasterTakeoverTest {
    private static final long SEED = 7;
    private static final int ROUNDS = 5;
    private static final int REPLICAS = 6;
    private static final String PROJECT = "team";
    private static final String NAME = "shop";

    private final Map<String, Set<String>> uidsByName = new ConcurrentHashMap<>();
    private TestZone zone;
    private RunningMasters masters;
    private SharedIndexInformer<Pod> pods;

    @BeforeEach
    void startZoneWithTwoMasters(@TempDir Path folder) {
        zone = TestZone.withoutMaster(folder);
        for (int i = 1; i <= 3; i++) {
            zone.addNode("node-" + i, "8");
        }
        masters = new RunningMasters(zone);
        masters.start();
        masters.start();
        zone.addProject(PROJECT, ProjectSpec.ownedBy("alice"));
        pods = zone.admin().pods().inNamespace(PROJECT).runnableInformer(0);
        pods.addEventHandler(ChangeHandler.of(
                pod -> uidsByName
                        .computeIfAbsent(pod.getMetadata().getName(), name -> ConcurrentHashMap.newKeySet())
                        .add(pod.getMetadata().getUid()),
                pod -> {}));
        pods.start().toCompletableFuture().join();
    }

    @AfterEach
    void stopZone() {
        pods.close();
        masters.close();
        zone.close();
    }

    @Test
    void leaderKilledAtAnyMomentOfARolloutIsContinuedAndNothingIsDoneTwice() {
        Random random = new Random(SEED);
        zone.deploy(
                PROJECT, NAME, MasterFixture.web("shop:0").replicas(REPLICAS).build());
        awaitServing("shop:0");
        try (ReadyCount ready = new ReadyCount(zone.admin(), PROJECT)) {
            for (int round = 1; round <= ROUNDS; round++) {
                int before = uidsByName.size();
                int replaced = random.nextInt(REPLICAS);
                String image = "shop:" + round;
                deploy(image);
                await().until(() -> uidsByName.size() >= before + replaced);
                String killed = masters.killLeader();
                masters.start();
                awaitServing(image);
                assertThat(masters.lease().getSpec().getHolderIdentity()).isNotEqualTo(killed);
            }
            assertThat(ready.lowest()).isGreaterThanOrEqualTo(REPLICAS - 1);
        }
        assertThat(uidsByName).as("replicas ever made, seed %d", SEED).hasSize(REPLICAS * (ROUNDS + 1));
        assertThat(uidsByName.values()).allSatisfy(uids -> assertThat(uids).hasSize(1));
        assertThat(masters.lease().getSpec().getLeaseTransitions()).isEqualTo(ROUNDS + 1);
        assertThat(events(Reason.REPLICA_CREATED))
                .allSatisfy(event -> assertThat(event.getCount()).isEqualTo(1))
                .extracting(Event::getMessage)
                .doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(history())
                .as("written by each leader with its own rights only")
                .contains(Reason.REPLICA_CREATED, Reason.SCHEDULED));
    }

    @Test
    void aLeaderThatIsStoppedLetsGoSoThatTheNextDoesNotWait() {
        masters.start();
        String stopped = masters.stopLeader();
        zone.deploy(PROJECT, NAME, MasterFixture.web("shop:1").build());
        awaitServing("shop:1");
        assertThat(masters.lease().getSpec().getHolderIdentity()).isNotEqualTo(stopped);
    }

    @Test
    void aLeaseDeletedByHandIsMadeAnew() {
        masters.awaitLeader();
        zone.admin().resource(masters.lease()).delete();
        masters.awaitLeader();
        zone.deploy(PROJECT, NAME, MasterFixture.web("shop:1").build());
        awaitServing("shop:1");
    }

    private void deploy(String image) {
        zone.change(
                PROJECT,
                NAME,
                spec -> spec.toBuilder()
                        .containers(List.of(MasterFixture.container(image)))
                        .build());
    }

    private void awaitServing(String image) {
        await().untilAsserted(() -> {
            Application application = zone.application(PROJECT, NAME);
            assertThat(application.getStatus().phase()).isEqualTo(Phase.SERVING);
            assertThat(zone.pods(PROJECT))
                    .hasSize(application.getSpec().replicas())
                    .allSatisfy(pod -> assertThat(
                                    pod.getSpec().getContainers().getFirst().getImage())
                            .isEqualTo(image));
        });
    }

    private List<String> history() {
        return zone
                .admin()
                .resources(History.class)
                .inNamespace(PROJECT)
                .withName(History.nameOf("Application", NAME))
                .get()
                .getSpec()
                .entries()
                .stream()
                .map(HistoryEntry::reason)
                .toList();
    }

    private List<Event> events(String reason) {
        return zone.admin().v1().events().inNamespace(PROJECT).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }
}
