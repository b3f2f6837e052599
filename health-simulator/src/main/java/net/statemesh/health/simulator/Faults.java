// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.List;
import java.util.SplittableRandom;
import net.statemesh.health.master.Standing;

/** Makes things go wrong as a scenario has it, and tells the checker. */
final class Faults {
    private static final int SIDE = 1;

    private final Timeline timeline;
    private final SplittableRandom random;
    private final Network network;
    private final List<Machine> machines;
    private final Api api;
    private final MasterProcess master;
    private final Checker checker;

    Faults(
            Timeline timeline,
            SplittableRandom random,
            Network network,
            List<Machine> machines,
            Api api,
            MasterProcess master,
            Checker checker) {
        this.timeline = timeline;
        this.random = random;
        this.network = network;
        this.machines = machines;
        this.api = api;
        this.master = master;
        this.checker = checker;
    }

    void plan(Scenario.Fault fault) {
        Runnable begin;
        Runnable end;
        switch (fault) {
            case Scenario.Fault.PowerLoss(int node, int from, int to) -> {
                begin = () -> powerLoss(machine(node));
                end = () -> powerBack(machine(node));
            }
            case Scenario.Fault.Sleep(int node, int from, int to) -> {
                begin = () -> sleep(machine(node));
                end = () -> goOn(machine(node));
            }
            case Scenario.Fault.AgentCrash(int node, boolean stateLost, int from, int to) -> {
                begin = () -> machine(node).stopAgent();
                end = () -> agentBack(machine(node), stateLost);
            }
            case Scenario.Fault.Stall(int node, int from, int to) -> {
                begin = () -> stall(machine(node));
                end = () -> goOn(machine(node));
            }
            case Scenario.Fault.LinkCut(int node, boolean toMaster, boolean fromMaster, int from, int to) -> {
                begin = () -> network.cut(node, toMaster, fromMaster);
                end = () -> network.cut(node, false, false);
            }
            case Scenario.Fault.Partition(List<Integer> nodes, int from, int to) -> {
                begin = () -> separate(nodes, SIDE);
                end = () -> separate(nodes, 0);
            }
            case Scenario.Fault.MasterStall(int from, int to) -> {
                begin = () -> {
                    if (master.runs()) {
                        master.stall();
                    }
                };
                end = master::goOn;
            }
            case Scenario.Fault.MasterCrash(int from, int to) -> {
                begin = master::crash;
                end = master::start;
            }
        }
        timeline.in(fault.fromMillis(), begin);
        timeline.in(fault.toMillis(), end);
    }

    void startAgent(Machine machine, long incarnation) {
        machine.startAgent(incarnation);
        api.agentStarted(machine.node);
    }

    private void powerLoss(Machine machine) {
        boolean reachable = machine.answers() && network.sameSideAsMaster(machine.node);
        machine.powerOff();
        checker.unreachable(machine.node);
        if (reachable) {
            checker.died(machine.node);
        }
    }

    private void powerBack(Machine machine) {
        if (!machine.powered()) {
            machine.powerOn();
            checker.unreachable(machine.node);
            checker.cameBack(machine.node);
            startAgent(machine, machine.lastIncarnation() + 1);
        }
    }

    private void sleep(Machine machine) {
        if (!machine.answers() || !machine.agentRuns()) {
            return;
        }
        boolean reachable = network.sameSideAsMaster(machine.node);
        machine.halt(true);
        checker.unreachable(machine.node);
        if (reachable) {
            checker.died(machine.node);
        }
    }

    private void stall(Machine machine) {
        if (machine.agentRuns()) {
            machine.halt(false);
        }
    }

    private void goOn(Machine machine) {
        if (machine.powered()) {
            if (!machine.answers()) {
                checker.unreachable(machine.node);
                checker.cameBack(machine.node);
            }
            machine.goOn();
        }
    }

    private void agentBack(Machine machine, boolean stateLost) {
        if (machine.answers() && !machine.agentRuns()) {
            long last = machine.lastIncarnation();
            startAgent(machine, stateLost ? random.nextLong(1, last) : last + 1);
        }
    }

    private void separate(List<Integer> nodes, int side) {
        for (int node : nodes) {
            network.setSide(node, side);
            checker.unreachable(node);
        }
        checker.masterDisturbed();
    }

    void repairNetwork() {
        for (Machine machine : machines) {
            if (!network.sameSideAsMaster(machine.node)) {
                checker.unreachable(machine.node);
            }
        }
        network.repairAll();
    }

    /** With more than half of the zone gone, or without an agent on a machine that goes on, there is no verdict. */
    boolean leftWithout(Machine machine, Standing standing) {
        long gone = machines.stream().filter(each -> !each.agentRuns()).count();
        return (machine.answers() && !machine.agentRuns() && standing == Standing.AGENT_AWAY)
                || (!machine.agentRuns() && 2 * gone >= machines.size());
    }

    private Machine machine(int node) {
        return machines.get(node - 1);
    }
}
