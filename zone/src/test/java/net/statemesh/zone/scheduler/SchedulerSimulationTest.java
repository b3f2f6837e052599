// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random churn, and after every decision what must hold, judged by the simplest possible means. */
@Tag("simulation")
class SchedulerSimulationTest {
    private static final int SEEDS = 150;
    private static final int TURNS = 120;

    @Test
    void everyDecisionCanBeJustifiedFromTheBooks() {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Oracle oracle = new Oracle("seed " + seed, seen);
            Churn zone = new Churn(seed, oracle::judge);
            oracle.zone = zone;
            for (int turn = 0; turn < TURNS; turn++) {
                zone.turn();
            }
        }
        assertThat(seen)
                .as("the simulation must reach every kind of decision to prove anything")
                .containsKeys(
                        "bind",
                        "wait",
                        "preemption",
                        "gang bound",
                        "gang waits",
                        "spread held back",
                        "apart held back");
    }

    @Test
    void ledgerKeptPodByPodIsTheOneBuiltFromScratch() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Churn zone = new Churn(seed, step -> {});
            for (int turn = 0; turn < TURNS; turn++) {
                zone.turn();
                assertThat(zone.core.ledger().fingerprint())
                        .as("seed %d turn %d", seed, turn)
                        .isEqualTo(zone.rebuilt().fingerprint());
            }
        }
    }

    @Test
    void sameDecisionsFromALedgerWithAnotherHistory() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Churn zone = new Churn(seed, step -> {});
            for (int turn = 0; turn < TURNS; turn++) {
                zone.turn();
            }
            NodeLedger rebuilt = zone.rebuilt();
            for (PodRequest pod : zone.waiting.values()) {
                assertThat(Scheduler.decide(pod, rebuilt))
                        .as("seed %d: %s", seed, pod)
                        .isEqualTo(Scheduler.decide(pod, zone.core.ledger()));
            }
        }
    }

    @Test
    void sameSeedSameSteps() {
        for (long seed = 0; seed < 20; seed++) {
            Churn one = new Churn(seed, step -> {});
            Churn other = new Churn(seed, step -> {});
            for (int turn = 0; turn < TURNS; turn++) {
                one.turn();
                other.turn();
            }
            assertThat(one.log).as("seed %d", seed).isEqualTo(other.log).isNotEmpty();
        }
    }

    @Test
    void eligibleNodesKeptNodeByNodeAreThoseFoundFromScratch() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Churn zone = new Churn(seed, step -> {});
            for (int turn = 0; turn < TURNS; turn++) {
                zone.turn();
            }
            NodeLedger rebuilt = zone.rebuilt();
            for (PodRequest pod : zone.waiting.values()) {
                assertThat(zone.core.ledger().eligible(pod.demands()).fingerprint())
                        .as("seed %d: %s", seed, pod)
                        .isEqualTo(rebuilt.eligible(pod.demands()).fingerprint());
            }
        }
    }

    /** Knows only what pods ask and what the books say; nothing of indexes, caches or search. */
    private static final class Oracle {
        private final String seed;
        private final Map<String, Integer> seen;
        private Churn zone;

        Oracle(String seed, Map<String, Integer> seen) {
            this.seed = seed;
            this.seen = seen;
        }

        void judge(Step step) {
            switch (step) {
                case Step.Bind bind -> judge(bind);
                case Step.Wait wait -> judge(wait);
            }
        }

        private void judge(Step.Bind bind) {
            count(bind.choices().size() > 1 ? "gang bound" : "bind");
            Map<String, Resources> given = new HashMap<>();
            List<PodRequest> together = new ArrayList<>();
            for (Step.Choice choice : bind.choices()) {
                String node = choice.decision().node().orElseThrow();
                PodRequest pod = choice.pod();
                together.add(pod);
                given.merge(node, pod.resources(), Resources::plus);
                assertThat(isUsable(pod, zone.nodes.get(node)))
                        .as("%s: %s", seed, choice)
                        .isTrue();
                assertThat(given.get(node)
                                .plus(zone.used(node))
                                .fitsIn(zone.nodes.get(node).allocatable()))
                        .as("%s: %s is over capacity by %s", seed, node, choice)
                        .isTrue();
                if (bind.choices().size() == 1) {
                    assertThat(keepsRules(pod, node)).as("%s: %s", seed, choice).isTrue();
                }
            }
            gangIsWhole(together);
        }

        private void gangIsWhole(List<PodRequest> together) {
            Gang gang = together.getFirst().gang();
            if (gang != null) {
                String application = together.getFirst().application();
                long there = zone.bound.values().stream()
                        .filter(pod -> pod.pod().application().equals(application) && !pod.ending())
                        .count();
                assertThat(there + together.size()).as("%s: %s", seed, together).isGreaterThanOrEqualTo(gang.size());
            }
        }

        private void judge(Step.Wait wait) {
            PodRequest pod = wait.pods().getFirst();
            if (pod.gang() != null) {
                count("gang waits");
                return;
            }
            count("wait");
            wait.decision().tallies().forEach(tally -> count(tally.filter().toLowerCase(Locale.ROOT) + " held back"));
            for (NodeFacts node : zone.nodes.values()) {
                boolean fits = isUsable(pod, node)
                        && keepsRules(pod, node.name())
                        && pod.resources()
                                .plus(zone.used(node.name()))
                                .plus(promised(pod, node.name()))
                                .fitsIn(node.allocatable());
                assertThat(fits)
                        .as("%s: %s would fit on %s", seed, wait, node.name())
                        .isFalse();
            }
            wait.decision().preemption().ifPresent(plan -> judge(pod, plan));
        }

        private void judge(PodRequest pod, Preemption plan) {
            count("preemption");
            Resources freed = Resources.NONE;
            for (PlacedPod victim : plan.victims()) {
                Churn.Bound book = zone.bound.get(victim.uid());
                assertThat(book.ending()).as("%s: ended twice", seed).isFalse();
                assertThat(book.node()).isEqualTo(plan.node());
                assertThat(victim.priority())
                        .as("%s: %s for %s", seed, victim, pod)
                        .isLessThan(pod.priority());
                assertThat(victim.application()).as("%s", seed).isNotEqualTo(pod.application());
                freed = freed.plus(book.pod().resources());
            }
            Resources ending = zone.bound.values().stream()
                    .filter(other -> other.node().equals(plan.node()) && other.ending())
                    .map(other -> other.pod().resources())
                    .reduce(Resources.NONE, Resources::plus);
            Resources needed = pod.resources()
                    .plus(zone.used(plan.node()))
                    .plus(promised(pod, plan.node()))
                    .minus(ending);
            Resources allocatable = zone.nodes.get(plan.node()).allocatable();
            assertThat(needed.minus(freed).fitsIn(allocatable))
                    .as("%s: enough room", seed)
                    .isTrue();
            for (PlacedPod victim : plan.victims()) {
                assertThat(needed.minus(freed).plus(victim.resources()).fitsIn(allocatable))
                        .as("%s: %s ended needlessly", seed, victim)
                        .isFalse();
            }
        }

        /** Room that others were promised by the scheduler and that this pod must leave them. */
        private Resources promised(PodRequest pod, String node) {
            return zone.waiting.values().stream()
                    .filter(other -> !other.uid().equals(pod.uid()) && other.priority() >= pod.priority())
                    .filter(other -> zone.core
                            .ledger()
                            .nomination(other.uid())
                            .filter(node::equals)
                            .isPresent())
                    .map(PodRequest::resources)
                    .reduce(Resources.NONE, Resources::plus);
        }

        private static boolean isUsable(PodRequest pod, NodeFacts node) {
            boolean disk = pod.demands()
                            .nodeSelector()
                            .getOrDefault(Labels.NODE_DISK, "")
                            .isEmpty()
                    || "nvme".equals(node.labels().get(Labels.NODE_DISK));
            return node.ready() && !node.cordoned() && node.taints().isEmpty() && disk;
        }

        private boolean keepsRules(PodRequest pod, String name) {
            NodeFacts node = zone.nodes.get(name);
            return pod.spread().stream().allMatch(rule -> keeps(rule, pod, node))
                    && pod.near().stream().allMatch(rule -> isBeside(rule, node))
                    && pod.apart().stream().noneMatch(rule -> isBeside(rule, node))
                    && zone.bound.values().stream()
                            .filter(other -> zone.nodes.containsKey(other.node()))
                            .noneMatch(other -> other.pod().apart().stream()
                                    .filter(rule -> rule.application().equals(pod.application()))
                                    .anyMatch(rule -> isSame(rule.within(), node, zone.nodes.get(other.node()))));
        }

        private boolean keeps(SpreadRule rule, PodRequest pod, NodeFacts node) {
            Map<String, Integer> counts = zone.replicas(pod.application(), rule.across());
            int least = zone.nodes.values().stream()
                    .filter(other -> isUsable(pod, other) && other.domain(rule.across()) != null)
                    .mapToInt(other -> counts.getOrDefault(other.domain(rule.across()), 0))
                    .min()
                    .orElse(0);
            String domain = node.domain(rule.across());
            return domain != null && counts.getOrDefault(domain, 0) + 1 - least <= rule.maxSkew();
        }

        private boolean isBeside(NeighbourRule rule, NodeFacts node) {
            return zone.bound.values().stream()
                    .filter(other -> other.pod().application().equals(rule.application()))
                    .filter(other -> zone.nodes.containsKey(other.node()))
                    .anyMatch(other -> isSame(rule.within(), node, zone.nodes.get(other.node())));
        }

        private static boolean isSame(Domain domain, NodeFacts one, NodeFacts other) {
            return one.domain(domain) != null && one.domain(domain).equals(other.domain(domain));
        }

        private void count(String what) {
            seen.merge(what, 1, Integer::sum);
        }
    }
}
