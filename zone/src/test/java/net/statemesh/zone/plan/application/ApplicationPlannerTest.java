// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.api.validation.Violation;
import org.junit.jupiter.api.Test;

class ApplicationPlannerTest {
    private final Fixture zone = new Fixture(3);

    @Test
    void deploymentEndsServingWithItsUrl() {
        Plan first = zone.step();
        assertThat(first.actions()).hasSize(3).allMatch(Action.Create.class::isInstance);
        assertThat(first.status().phase()).isEqualTo(Phase.DEPLOYING);
        zone.allReady();
        Plan second = zone.step();
        assertThat(second.actions()).isEmpty();
        assertThat(second.recheckAfter()).isNull();
        ApplicationStatus status = second.status();
        assertThat(status.phase()).isEqualTo(Phase.SERVING);
        assertThat(status.urls()).containsExactly("https://shop-x7k2p.local-1.statemesh.localhost:8443");
        assertThat(status.hosts()).containsExactly("shop-x7k2p.local-1.statemesh.localhost");
        assertThat(status.selector()).isEqualTo("statemesh.net/application-id=x7k2p");
        assertThat(status.replicaStatuses()).extracting(ReplicaStatus::state).containsOnly(ReplicaState.READY);
    }

    @Test
    void statusStaysTheSameWhileNothingChanges() {
        zone.step();
        zone.allReady();
        ApplicationStatus before = zone.step().status();
        zone.now = zone.now.plusSeconds(100);
        assertThat(zone.step().status()).isEqualTo(before);
    }

    @Test
    void updateKeepsServingWhenTheNewImageCannotBePulled() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.spec(zone.application.getSpec().toBuilder()
                .containers(List.of(ContainerSpec.of("web", "shop:nope").withPorts(Fixture.WEB.ports())))
                .build());
        assertThat(zone.step().actions()).singleElement().isInstanceOf(Action.Create.class);
        zone.waiting(3, "ImagePullBackOff", "manifest unknown");
        Plan plan = zone.step();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(plan.status().readyReplicas()).isEqualTo(3);
        assertThat(serving(plan)).satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo(Reason.IMAGE_PULL_FAILED);
            assertThat(condition.message()).contains("shop:nope", "manifest unknown");
        });
        assertThat(condition(plan, ConditionTypes.PROGRESSING).holds()).isFalse();
    }

    @Test
    void crashLoopNamesExitCodeAndLastWords() {
        zone.step();
        for (int i = 0; i < 3; i++) {
            zone.crashed(i, 7, "Error", "no database at db:5432");
        }
        Plan plan = zone.step();
        assertThat(plan.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(serving(plan).reason()).isEqualTo(Reason.CRASH_LOOPING);
        assertThat(serving(plan).message())
                .contains(
                        "0 of 3 replicas are ready",
                        "3 replicas",
                        "code 7",
                        "no database",
                        "apps logs shop --previous");
        assertThat(plan.status().replicaStatuses().getFirst().restarts()).isEqualTo(3);
    }

    @Test
    void memoryLimitIsNamedWhenItEndsAContainer() {
        zone.step();
        zone.crashed(0, 137, "OOMKilled", "");
        assertThat(serving(zone.step()).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
    }

    @Test
    void portThatNobodyListensOnIsReportedAfterPatience() {
        zone.step();
        for (int i = 0; i < 3; i++) {
            zone.running(i, zone.now);
        }
        Plan early = zone.step();
        assertThat(serving(early).reason()).isEqualTo(Reason.WAITING_FOR_READINESS);
        assertThat(early.recheckAfter()).isEqualTo(Readiness.PATIENCE);
        zone.now = zone.now.plus(Readiness.PATIENCE);
        Plan late = zone.step();
        assertThat(serving(late).reason()).isEqualTo(Reason.PORT_NOT_LISTENING);
        assertThat(serving(late).message()).contains("port 8080");
    }

    @Test
    void noCapacityIsPendingAndSaysWhatIsMissing() {
        zone.step();
        zone.pods.forEach(pod -> pod.setStatus(new PodStatusBuilder()
                .withConditions(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withMessage("0 of 3 nodes fit: 3 lack 64 CPU")
                        .build())
                .build()));
        Plan plan = zone.step();
        assertThat(plan.status().phase()).isEqualTo(Phase.PENDING);
        assertThat(serving(plan).reason()).isEqualTo(Reason.UNSCHEDULABLE);
        assertThat(serving(plan).message()).contains("3 replicas: 0 of 3 nodes fit: 3 lack 64 CPU");
    }

    @Test
    void troubleOfAnOldRevisionIsNoneOfTheNewOne() {
        zone.step();
        for (int i = 0; i < 3; i++) {
            zone.waiting(i, "ErrImagePull", "not found");
        }
        assertThat(zone.step().status().phase()).isEqualTo(Phase.FAILED);
        zone.spec(zone.application.getSpec().toBuilder()
                .containers(List.of(ContainerSpec.of("web", "shop:2").withPorts(Fixture.WEB.ports())))
                .build());
        Plan cure = zone.step();
        assertThat(cure.status().phase()).isEqualTo(Phase.DEPLOYING);
        assertThat(serving(cure).reason()).isEqualTo(Reason.WAITING_FOR_READINESS);
    }

    @Test
    void replicaForWhichRoomIsMadeIsOnItsWay() {
        zone.step();
        zone.pods.forEach(pod -> pod.setStatus(new PodStatusBuilder()
                .withNominatedNodeName("node-2")
                .withConditions(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason(Reason.UNSCHEDULABLE)
                        .withMessage("0 of 3 nodes fit; makes room on node-2")
                        .build())
                .build()));
        Plan plan = zone.step();
        assertThat(plan.status().phase()).isEqualTo(Phase.DEPLOYING);
        assertThat(serving(plan).reason()).isEqualTo(Reason.MAKING_ROOM);
        assertThat(serving(plan).message()).contains("makes room on node-2");
    }

    @Test
    void quotaHoldsBackWhatDoesNotFit() {
        zone.spec(ApplicationSpec.of(
                        Fixture.WEB.withResources(ComputeResources.exactly(new Quantity("500m"), new Quantity("64Mi"))))
                .replicas(3)
                .build());
        zone.allowance = new Allowance(1200, Long.MAX_VALUE, Long.MAX_VALUE);
        Plan plan = zone.step();
        assertThat(plan.actions()).hasSize(2);
        assertThat(serving(plan).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(serving(plan).message()).contains("1 more replicas", "1200m CPU");
    }

    @Test
    void refusalOfTheApiServerIsTold() {
        zone.refusal = "pods is forbidden: exceeded quota: statemesh-project";
        assertThat(serving(zone.step()).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        zone.refusal = "namespaces \"team\" not found";
        Plan plan = zone.step();
        assertThat(serving(plan).reason()).isEqualTo(Reason.REPLICA_NOT_CREATED);
        assertThat(serving(plan).message()).contains("not found");
    }

    @Test
    void stoppingEndsAllAndKeepsNamesAndStartBringsThemBack() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.spec(zone.application.getSpec().toBuilder().stopped(true).build());
        Plan stop = zone.step();
        assertThat(stop.actions())
                .hasSize(3)
                .hasOnlyElementsOfType(Action.Drain.class)
                .allSatisfy(action -> assertThat(action.reason()).isEqualTo(Reason.APPLICATION_STOPPED));
        assertThat(stop.status().phase()).isEqualTo(Phase.STOPPING);
        assertThat(zone.step().actions())
                .as("requests in flight have their time")
                .isEmpty();
        zone.now = zone.now.plusSeconds(ApplicationSpec.DEFAULT_DRAIN_SECONDS);
        assertThat(zone.step().actions()).hasSize(3).hasOnlyElementsOfType(Action.End.class);
        Plan stopped = zone.step();
        assertThat(stopped.status().phase()).isEqualTo(Phase.STOPPED);
        assertThat(stopped.status().urls()).isNotEmpty();
        zone.spec(zone.application.getSpec().toBuilder().stopped(false).build());
        assertThat(zone.step().actions()).hasSize(3);
    }

    @Test
    void restartNonceReplacesEveryReplicaRolling() {
        zone.step();
        zone.allReady();
        zone.step();
        List<String> before = names();
        zone.spec(zone.application.getSpec().toBuilder().restartNonce("2").build());
        for (int i = 0; i < 10; i++) {
            zone.step();
            assertThat(zone.live()).hasSizeBetween(3, 4);
            zone.allReady();
        }
        zone.now = zone.now.plusSeconds(ApplicationSpec.DEFAULT_DRAIN_SECONDS);
        zone.step();
        assertThat(zone.pods).hasSize(3);
        assertThat(names()).doesNotContainAnyElementsOf(before);
        assertThat(zone.plan().status().phase()).isEqualTo(Phase.SERVING);
    }

    @Test
    void leavingReplicaIsTakenOutOfRoutingBeforeItIsEnded() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.spec(zone.application.getSpec().toBuilder()
                .replicas(2)
                .drainSeconds(7)
                .build());
        Plan drain = zone.step();
        assertThat(drain.actions())
                .singleElement()
                .isInstanceOf(Action.Drain.class)
                .satisfies(action -> assertThat(action.reason()).isEqualTo(Reason.SCALED_DOWN));
        assertThat(drain.status().readyReplicas())
                .as("counts only those that stay")
                .isEqualTo(2);
        assertThat(drain.status().phase()).isEqualTo(Phase.SERVING);
        Plan waiting = zone.step();
        assertThat(waiting.actions()).isEmpty();
        assertThat(waiting.recheckAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(waiting.status().readyReplicas()).isEqualTo(2);
        zone.now = zone.now.plusSeconds(7);
        assertThat(zone.step().actions())
                .singleElement()
                .isInstanceOf(Action.End.class)
                .satisfies(action -> assertThat(action.reason()).isEqualTo(Reason.DRAINED));
        assertThat(zone.pods).hasSize(2);
    }

    @Test
    void nothingIsDrainedThatServesNoRequests() {
        zone.step();
        zone.allReady();
        zone.pods.getFirst().getStatus().getConditions().getFirst().setStatus("False");
        zone.spec(zone.application.getSpec().toBuilder().replicas(2).build());
        assertThat(zone.step().actions()).singleElement().isInstanceOf(Action.End.class);
    }

    @Test
    void drainedNodeIsLeftOnlyAfterAReplacementIsReady() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.drainedBy = node -> node.equals("node-1") ? Optional.of("alice") : Optional.empty();
        assertThat(zone.step().actions()).singleElement().isInstanceOf(Action.Create.class);
        assertThat(zone.step().actions()).isEmpty();
        zone.ready(3);
        zone.pods.get(3).getSpec().setNodeName("node-2");
        assertThat(zone.step().actions())
                .singleElement()
                .isInstanceOf(Action.Drain.class)
                .satisfies(action -> {
                    assertThat(action.reason()).isEqualTo(Reason.NODE_DRAINED);
                    assertThat(((Action.Drain) action).message()).contains("its node is drained by alice");
                });
        assertThat(zone.plan().status().phase()).isEqualTo(Phase.SERVING);
    }

    @Test
    void scalingAndEntrypointsChangeNoReplica() {
        zone.step();
        zone.allReady();
        zone.spec(zone.application.getSpec().toBuilder()
                .entrypoints(List.of())
                .replicas(4)
                .build());
        assertThat(zone.step().actions()).singleElement().isInstanceOf(Action.Create.class);
    }

    @Test
    void replicaThatEndedForGoodIsReplaced() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.now = zone.now.plusSeconds(60);
        zone.failed(1, zone.now);
        Plan plan = zone.step();
        assertThat(plan.actions())
                .extracting(Action::reason)
                .containsExactly(Reason.REPLICA_FAILED, Reason.REPLICA_CREATED);
        assertThat(zone.pods).hasSize(3);
        assertThat(plan.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void replicaThatFailsAtOnceIsReplacedAfterAPause() {
        zone.step();
        zone.allReady();
        zone.failed(1, zone.now);
        zone.now = zone.now.plusSeconds(1);
        Plan early = zone.step();
        assertThat(early.actions()).isEmpty();
        assertThat(early.recheckAfter()).isEqualTo(Duration.ofSeconds(9));
        zone.now = zone.now.plusSeconds(9);
        assertThat(zone.step().actions()).hasSize(2);
    }

    @Test
    void replicasOfAGoneNodeAreReplacedWithoutWaitingForIt() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.nodes = node -> node.equals("node-2") ? NodePresence.GONE : NodePresence.PRESENT;
        assertThat(zone.step().actions())
                .satisfiesExactly(
                        action -> {
                            assertThat(action).isInstanceOf(Action.End.class);
                            assertThat(((Action.End) action).nobodyLeftToEndIt())
                                    .isTrue();
                            assertThat(action.reason()).isEqualTo(Reason.NODE_GONE);
                        },
                        action -> assertThat(action).isInstanceOf(Action.Create.class));
    }

    @Test
    void replicasOfADeadNodeAreReplacedAtOnceAndGivenUpWhenOthersServe() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.nodes = node -> node.equals("node-2") ? NodePresence.DEAD : NodePresence.PRESENT;
        Plan plan = zone.step();
        assertThat(plan.actions()).singleElement().isInstanceOf(Action.Create.class);
        assertThat(plan.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(zone.step().actions()).isEmpty();
        zone.ready(3);
        assertThat(zone.step().actions()).singleElement().satisfies(action -> {
            assertThat(action).isInstanceOf(Action.End.class);
            assertThat(action.reason()).isEqualTo(Reason.NODE_DEAD);
        });
        assertThat(zone.step().actions()).isEmpty();
    }

    @Test
    void replicasOfANodeThatReturnsAreKeptWhenNothingServesInTheirPlace() {
        zone.step();
        zone.allReady();
        zone.step();
        String kept = zone.pods.get(1).getMetadata().getName();
        zone.nodes = node -> node.equals("node-2") ? NodePresence.DEAD : NodePresence.PRESENT;
        zone.step();
        zone.nodes = node -> NodePresence.PRESENT;
        assertThat(zone.step().actions()).singleElement().satisfies(action -> {
            assertThat(action.reason()).isEqualTo(Reason.SCALED_DOWN);
            assertThat(((Action.End) action).name()).isNotEqualTo(kept);
        });
        assertThat(zone.step().actions()).isEmpty();
    }

    @Test
    void stoppingAnApplicationEndsItsReplicasOnDeadNodesToo() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.nodes = node -> NodePresence.DEAD;
        zone.spec(zone.application.getSpec().toBuilder().stopped(true).build());
        assertThat(zone.step().actions())
                .hasSize(3)
                .allSatisfy(action -> assertThat(action).isInstanceOf(Action.End.class));
    }

    @Test
    void replicasOfASilentNodeAreLeftAlone() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.nodes = node -> NodePresence.SILENT;
        Plan plan = zone.step();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(serving(plan).reason()).isEqualTo(Reason.NODE_LOST);
    }

    @Test
    void badSpecChangesNothingThatRuns() {
        zone.step();
        zone.allReady();
        zone.step();
        zone.spec(zone.application.getSpec().toBuilder().replicas(1).build());
        zone.violations =
                List.of(new Violation("spec.entrypoints[0].port", "81", "a TCP port that a container declares"));
        Plan plan = zone.step();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(plan.status().urls()).isNotEmpty();
        assertThat(condition(plan, ConditionTypes.ACCEPTED).message()).contains("spec.entrypoints[0].port", "81");
    }

    @Test
    void badFirstSpecFailsAndMakesNothing() {
        zone.violations = List.of(new Violation("spec.entrypoints[0].host", "x", "y", Reason.HOST_TAKEN));
        Plan plan = zone.step();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(condition(plan, ConditionTypes.ACCEPTED).reason()).isEqualTo(Reason.HOST_TAKEN);
        assertThat(plan.status().hosts()).isEmpty();
    }

    @Test
    void manyReplicasAreMadeInSlices() {
        zone.spec(zone.application.getSpec().toBuilder().replicas(1000).build());
        assertThat(zone.step().actions()).hasSize(ApplicationPlanner.MAX_CREATES);
        for (int i = 1; i < 20; i++) {
            zone.step();
        }
        assertThat(zone.pods).hasSize(1000);
        assertThat(zone.step().actions()).isEmpty();
        assertThat(zone.plan().status().replicaStatuses()).hasSize(ApplicationStatus.MAX_REPLICA_STATUSES);
    }

    private List<String> names() {
        return zone.pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private static Condition serving(Plan plan) {
        return condition(plan, ConditionTypes.SERVING);
    }

    private static Condition condition(Plan plan, String type) {
        return plan.status().condition(type).orElseThrow();
    }
}
