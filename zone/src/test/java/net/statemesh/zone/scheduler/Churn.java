// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Priority;
import net.statemesh.zone.scheduler.Fixture.NodeFixture;
import net.statemesh.zone.scheduler.Fixture.PodFixture;

/**
 * A zone whose nodes and pods come, change, fail and go as one seed says, with a scheduler over it. Keeps books of its own, in the
 * simplest way, so that the scheduler's can be compared with them.
 */
final class Churn {
    private static final String[] OPERATORS = {"acme", "bolt", "core"};
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final String[] APPLICATIONS = {"web", "db", "batch", "train", "ring"};

    /** A pod that has a node, as the API server would show it. */
    record Bound(PodRequest pod, String node, boolean ending) {}

    final SchedulingCore core = new SchedulingCore();
    final Map<String, NodeFacts> nodes = new TreeMap<>();
    final Map<String, Bound> bound = new LinkedHashMap<>();
    final Map<String, PodRequest> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> floors = new TreeMap<>();
    final List<String> log = new ArrayList<>();
    private final Random random;
    private final Consumer<Step> beforeStep;
    private long now;
    private int made;

    /** @param beforeStep looks at each step while the books are still as they were when it was decided */
    Churn(long seed, Consumer<Step> beforeStep) {
        this.random = new Random(seed);
        this.beforeStep = beforeStep;
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            putNode("node-" + i);
        }
        for (String application : APPLICATIONS) {
            floors.put("team/" + application, random.nextInt(3));
        }
        floors.forEach(core::floor);
    }

    void turn() {
        now += random.nextInt(300);
        switch (random.nextInt(10)) {
            case 0 -> putNode("node-" + random.nextInt(8));
            case 1 -> removeNode();
            case 2, 3 -> endOne();
            case 4 -> confirmEnds();
            default -> wantOne();
        }
        for (Optional<Step> step = core.next(now); step.isPresent(); step = core.next(now)) {
            beforeStep.accept(step.get());
            carryOut(step.get());
        }
    }

    long millis() {
        return now;
    }

    private void putNode(String name) {
        NodeFixture node = Fixture.node(name).cpu(500 + random.nextInt(1500)).gpus(random.nextInt(3));
        if (random.nextInt(5) > 0) {
            node.operator(OPERATORS[random.nextInt(OPERATORS.length)]);
        }
        if (random.nextInt(8) == 0) {
            node.notReady();
        }
        if (random.nextInt(8) == 0) {
            node.cordonedBy("alice");
        }
        if (random.nextInt(8) == 0) {
            node.taint("kept", "NoSchedule");
        }
        if (random.nextInt(3) == 0) {
            node.label(Labels.NODE_DISK, "nvme");
        }
        nodes.put(name, node.facts());
        core.put(node.facts(), now);
    }

    private void removeNode() {
        if (nodes.size() > 1) {
            String name = nodes.keySet().iterator().next();
            nodes.remove(name);
            core.removeNode(name, now);
        }
    }

    private void wantOne() {
        String application = APPLICATIONS[random.nextInt(APPLICATIONS.length)];
        int gang = application.equals("ring") ? 2 + random.nextInt(2) : 1;
        for (int i = 0; i < gang; i++) {
            PodFixture pod = Fixture.pod("pod-" + made++)
                    .of(application)
                    .cpu(50 + random.nextInt(500))
                    .priority(PRIORITIES.get(random.nextInt(3)));
            switch (application) {
                case "web" -> pod.spread(Domain.OPERATOR, 1 + random.nextInt(2));
                case "db" -> pod.apart("db", Domain.NODE).apart("batch", Domain.OPERATOR);
                case "batch" -> pod.selector(Labels.NODE_DISK, "nvme");
                case "train" -> pod.gpus(1 + random.nextInt(2));
                default -> pod.gang(gang, 2_000).near("web", Domain.OPERATOR);
            }
            waiting.put(pod.request().uid(), pod.request());
            core.want(pod.request(), null, now);
        }
    }

    private void endOne() {
        if (!bound.isEmpty() && random.nextBoolean()) {
            Bound any = new ArrayList<>(bound.values()).get(random.nextInt(bound.size()));
            end(any);
        } else if (!waiting.isEmpty()) {
            PodRequest any = new ArrayList<>(waiting.values()).get(random.nextInt(waiting.size()));
            waiting.remove(any.uid());
            core.removePod(any.uid(), any.key(), now);
        }
    }

    private void end(Bound pod) {
        bound.remove(pod.pod().uid());
        core.removePod(pod.pod().uid(), pod.pod().key(), now);
    }

    private void confirmEnds() {
        new ArrayList<>(bound.values()).stream().filter(Bound::ending).forEach(this::end);
    }

    private void carryOut(Step step) {
        log.add(now + " " + step);
        switch (step) {
            case Step.Bind bind -> {
                boolean fails = bind.choices().size() == 1 && random.nextInt(10) == 0;
                for (Step.Choice choice : bind.choices()) {
                    if (fails) {
                        core.bindFailed(choice.pod(), now);
                    } else {
                        String node = choice.decision().node().orElseThrow();
                        waiting.remove(choice.pod().uid());
                        bound.put(choice.pod().uid(), new Bound(choice.pod(), node, false));
                        core.put(PlacedPod.of(choice.pod(), node), now);
                    }
                }
            }
            case Step.Wait wait -> wait.decision().preemption().ifPresent(this::carryOut);
        }
    }

    private void carryOut(Preemption plan) {
        for (PlacedPod victim : plan.victims()) {
            if (random.nextInt(5) == 0) {
                core.evictionFailed(victim.uid());
            } else {
                Bound pod = bound.get(victim.uid());
                bound.put(victim.uid(), new Bound(pod.pod(), pod.node(), true));
            }
        }
    }

    /** What the books say, put into a new ledger in an order of its own. */
    NodeLedger rebuilt() {
        NodeLedger ledger = new NodeLedger();
        List<Bound> pods = new ArrayList<>(bound.values());
        pods.reversed()
                .forEach(pod -> ledger.put(PlacedPod.of(pod.pod(), pod.node()).asEnding(pod.ending())));
        nodes.values().forEach(ledger::put);
        floors.forEach(ledger::floor);
        for (PodRequest pod : waiting.values()) {
            core.ledger().nomination(pod.uid()).ifPresent(node -> ledger.nominate(pod, node));
        }
        return ledger;
    }

    /** Replicas of an application by domain, counted from the books; nodes that are gone are in no domain. */
    Map<String, Integer> replicas(String application, Domain domain) {
        Map<String, Integer> counts = new HashMap<>();
        for (Bound pod : bound.values()) {
            NodeFacts node = nodes.get(pod.node());
            String value = node == null ? null : node.domain(domain);
            if (pod.pod().application().equals(application) && value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        return counts;
    }

    Resources used(String node) {
        return bound.values().stream()
                .filter(pod -> pod.node().equals(node))
                .map(pod -> pod.pod().resources())
                .reduce(Resources.NONE, Resources::plus);
    }
}
