// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.statemesh.health.master.Standing;
import net.statemesh.health.member.MemberOutput;
import net.statemesh.health.protocol.Envelope;

/** Runs a {@link Scenario}: the same one always ends the same. */
public final class World {
    /** Nothing goes wrong until everybody is there. */
    static final int WARM_UP_MILLIS = 10_000;
    /** At the end, so that everybody can recover. */
    static final int CALM_MILLIS = 10_000;

    private static final int MAX_CLOCK_START_MILLIS = 1_000_000_000;
    /** Of a clock's rate: two differ by no more than {@link net.statemesh.health.protocol.Timing#DRIFT_PER_MILLE}. */
    private static final int MAX_DRIFT_PER_MILLION = 4_900;

    private static final int STEP_MILLIS = 1_000;
    private static final int KNOCKS = 2;
    /** Incarnations are like times: those of a machine whose clock went back are lower. */
    private static final long FIRST_INCARNATION = 1_000_000;

    private static final int MILLIS_PER_SECOND = 1_000;

    private final Scenario scenario;
    private final Timeline timeline = new Timeline();
    private final SplittableRandom random;
    private final Network network;
    private final Checker checker;
    private final List<Machine> machines = new ArrayList<>();
    private final Api api;
    private final MasterProcess master;
    private final Faults faults;

    private World(Scenario scenario) {
        this.scenario = scenario;
        this.random = new SplittableRandom(scenario.seed());
        this.network = new Network(timeline, random.split(), scenario, this::deliver);
        this.checker = new Checker(scenario, timeline, this::reachable);
        for (int node = 1; node <= scenario.nodes(); node++) {
            machines.add(new Machine(node, clock(), timeline, network, this::output));
        }
        this.api = new Api(timeline, network, machines, scenario.resources(), this::checkHeldOnce);
        this.master = new MasterProcess(clock(), timeline, network, api, checker, random.split(), scenario.nodes());
        this.faults = new Faults(timeline, random.split(), network, machines, api, master, checker);
    }

    /** Runs the scenario to its end, or until something is broken. */
    public static Ending run(Scenario scenario) {
        return new World(scenario).run();
    }

    private Ending run() {
        master.start();
        for (Machine machine : machines) {
            timeline.in(random.nextInt(STEP_MILLIS), () -> faults.startAgent(machine, FIRST_INCARNATION));
        }
        for (int resource = 0; resource < api.resources(); resource++) {
            api.setHolder(resource, 1 + random.nextInt(machines.size()));
        }
        scenario.faults().forEach(faults::plan);
        timeline.in(scenario.durationMillis() - CALM_MILLIS, faults::repairNetwork);
        long nodeSeconds = 0;
        for (long end = STEP_MILLIS; end <= scenario.durationMillis(); end += STEP_MILLIS) {
            timeline.runUntil(end);
            nodeSeconds += machines.stream().filter(Machine::answers).count() * STEP_MILLIS / MILLIS_PER_SECOND;
            Optional<Ending.Broken> broken = checker.broken();
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        checkRecovered();
        Optional<Ending.Broken> broken = checker.broken();
        return broken.isPresent() ? broken.get() : new Ending.Held(checker.statistics(nodeSeconds, network.sent()));
    }

    private LocalClock clock() {
        return new LocalClock(
                random.nextInt(MAX_CLOCK_START_MILLIS),
                random.nextInt(-MAX_DRIFT_PER_MILLION, MAX_DRIFT_PER_MILLION + 1));
    }

    private void deliver(Envelope envelope) {
        if (envelope.to() == Envelope.MASTER) {
            master.deliver(envelope);
        } else {
            machines.get(envelope.to() - 1).deliver(envelope);
        }
    }

    private boolean reachable(int node) {
        return machines.get(node - 1).answers() && network.sameSideAsMaster(node);
    }

    private void output(MemberOutput output, int node) {
        switch (output) {
            case MemberOutput.Knock knock -> {
                for (int i = 0; i < KNOCKS; i++) {
                    knock(node, knock);
                }
            }
            case MemberOutput.Lease lease -> {
                if (lease.held()) {
                    checkHeldOnce(machines.get(node - 1));
                }
            }
            case MemberOutput.Send ignored -> {}
            case MemberOutput.Incarnation ignored -> {}
        }
    }

    /** An echo request, which the machine's kernel answers. */
    private void knock(int from, MemberOutput.Knock knock) {
        boolean requestLost = network.lost();
        boolean answerLost = network.lost();
        if (requestLost || answerLost) {
            return;
        }
        Machine asking = machines.get(from - 1);
        int thereMillis = network.delayMillis();
        int backMillis = network.delayMillis();
        timeline.in((long) thereMillis + backMillis, () -> {
            if (network.connected(from, knock.target())
                    && machines.get(knock.target() - 1).answers()) {
                asking.machineAnswered(knock.round(), knock.target());
            }
        });
    }

    private void checkHeldOnce(Machine machine) {
        machine.view().forEach(resource -> checkHeldOnce(machine, resource));
    }

    private void checkHeldOnce(Machine machine, int resource) {
        if (!machine.uses(resource, scenario.fencing())) {
            return;
        }
        for (Machine other : machines) {
            if (other != machine && other.uses(resource, scenario.fencing())) {
                checker.heldTwice(resource, machine.node, other.node);
            }
        }
    }

    private void checkRecovered() {
        for (Machine machine : machines) {
            Standing standing = api.entry(machine.node).standing;
            Standing expected = machine.agentRuns() ? Standing.ALIVE : Standing.DEAD;
            if (standing != expected && !faults.leftWithout(machine, standing)) {
                checker.notRecovered("node " + machine.node + " is " + standing + ", not " + expected);
            }
        }
    }
}
