// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Scenario}: the same one always ends the same. */
public final class World {
    /** Blocks that everybody must decide in the calm beyond what anybody had before. */
    private static final int BLOCKS_TO_RECOVER = 2;

    private static final int ROUNDS_PER_COMPARISON = 2;

    private final Scenario scenario;
    private final Agenda agenda = new Agenda();
    private final SplittableRandom random;
    private final Network<Message> network;
    private final Checker checker;
    private final List<Node> honest = new ArrayList<>();
    private final List<Node> byzantine = new ArrayList<>();
    private boolean calm;
    private int goal;

    private World(Scenario scenario) {
        this.scenario = scenario;
        this.random = new SplittableRandom(scenario.seed());
        this.network = new Network<>(agenda, random.split(), scenario.turbulent());
        this.checker = new Checker(scenario.honest());
    }

    /** Runs the scenario until everybody has recovered or something is broken. */
    public static Verdict run(Scenario scenario) {
        World world = new World(scenario);
        world.populate();
        world.plan();
        return world.run();
    }

    private void populate() {
        scenario.honest().forEach(validator -> honest.add(machine(validator, checker)));
        for (long validator : scenario.byzantine()) {
            int machines = scenario.role(validator) == Role.TWO_FACED ? 2 : 1;
            for (int i = 0; i < machines; i++) {
                byzantine.add(machine(validator, null));
            }
        }
        honest.forEach(node -> live(node, Role.HONEST, everybodyBut(node)));
        int face = 0;
        for (Node node : byzantine) {
            Role role = scenario.role(node.validator());
            boolean secondFace = role == Role.TWO_FACED && face++ % 2 == 1;
            live(node, role, role == Role.TWO_FACED ? halfOf(node, secondFace) : everybodyBut(node));
        }
    }

    private Node machine(long validator, @Nullable Checker watching) {
        return new Node(validator, scenario, network, agenda, random.split(), watching);
    }

    private List<Integer> everybodyBut(Node node) {
        List<Integer> peers = new ArrayList<>();
        for (int address = 0; address < network.size(); address++) {
            if (address != node.address()) {
                peers.add(address);
            }
        }
        return peers;
    }

    private List<Integer> halfOf(Node node, boolean second) {
        return everybodyBut(node).stream()
                .filter(peer -> peer % 2 == (second ? 1 : 0))
                .toList();
    }

    private void live(Node node, Role role, List<Integer> audience) {
        Emission emission = Emission.of(role, audience, checker);
        SplittableRandom jitter = random.split();
        every(scenario.roundMillis(), jitter, () -> {
            if (node.isValidator()) {
                emission.round(node);
            }
        });
        every(ROUNDS_PER_COMPARISON * scenario.roundMillis(), jitter, () -> {
            if (node.isUp() && !audience.isEmpty()) {
                node.compare(audience.get(jitter.nextInt(audience.size())));
            }
        });
    }

    /** Repeats for ever, each time between half and one and a half periods later. */
    private void every(int periodMillis, SplittableRandom jitter, Runnable action) {
        agenda.in(jitter.nextInt(periodMillis / 2, periodMillis * 3 / 2), () -> {
            action.run();
            every(periodMillis, jitter, action);
        });
    }

    private void plan() {
        for (Scenario.Partition partition : scenario.partitions()) {
            agenda.in(partition.fromMillis(), () -> cut(partition.sides()));
            agenda.in(partition.toMillis(), () -> cut(0));
        }
        for (Scenario.Crash crash : scenario.crashes()) {
            Node node = honest.get(crash.honest());
            agenda.in(crash.fromMillis(), () -> {
                if (node.isUp()) {
                    node.crash();
                }
            });
            agenda.in(crash.toMillis(), () -> bringUp(node));
        }
        agenda.in(scenario.turbulentMillis(), this::calmDown);
    }

    private void cut(long sides) {
        for (int address = 0; address < network.size(); address++) {
            network.setSide(address, (int) (sides >>> address & 1));
        }
    }

    private static void bringUp(Node node) {
        if (!node.isUp()) {
            node.restart();
        }
    }

    private void calmDown() {
        calm = true;
        cut(0);
        network.setWeather(scenario.calm());
        honest.forEach(World::bringUp);
        goal = checker.agreed().size() + BLOCKS_TO_RECOVER;
    }

    private Verdict run() {
        while (checker.violation().isEmpty() && !recovered()) {
            if (roundsOfCalm() > scenario.calmRounds()) {
                checker.violated(Violation.Kind.LIVENESS, lag());
                break;
            }
            agenda.step();
        }
        Optional<Violation> violation = checker.violation();
        return violation.isPresent()
                ? new Verdict.Broken(scenario.seed(), agenda.steps(), agenda.nowMillis(), violation.get())
                : new Verdict.Held(statistics());
    }

    private boolean recovered() {
        return calm && honest.stream().allMatch(node -> checker.blocksOf(node.validator()) >= goal);
    }

    private long roundsOfCalm() {
        return (agenda.nowMillis() - scenario.turbulentMillis()) / scenario.roundMillis();
    }

    private String lag() {
        List<String> behind = honest.stream()
                .map(node -> node.validator() + ": " + checker.blocksOf(node.validator()) + " (epoch "
                        + node.lachesis().epoch() + ", " + node.lachesis().eventCount() + " events)")
                .toList();
        return "after " + scenario.calmRounds() + " rounds of calm not everybody has decided block " + goal + ": "
                + behind;
    }

    private Verdict.Statistics statistics() {
        return new Verdict.Statistics(
                agenda.steps(),
                checker.acceptedCount(),
                checker.agreed().size(),
                checker.agreed().isEmpty() ? 0 : checker.agreed().getLast().epoch(),
                checker.rejectedCount(),
                honest.stream().mapToInt(Node::restarts).sum(),
                checker.cheaters().size(),
                (int) roundsOfCalm());
    }
}
