// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws scenarios from seeds. */
public final class Scenarios {
    private static final int DURATION_MILLIS = 120_000;
    private static final int FAULTS_MILLIS = DURATION_MILLIS - World.CALM_MILLIS - 10_000;
    private static final int LOSS_PER_MILLE = 50;
    private static final int[] MAX_DELAY_MILLIS = {2, 10, 30, 80, 120};
    private static final int MAX_SPIKE_MILLIS = 150;
    private static final int NODES_PER_RESOURCE = 5;
    /** Stalls that a node must survive. */
    private static final int MAX_STALL_MILLIS = 500;

    /** Distinguishes the draw of a scenario from the draws of its world. */
    private static final long SALT = 0x5DEECE66DL;

    private final SplittableRandom random;
    private final int nodes;
    private final List<Scenario.Fault> faults = new ArrayList<>();

    private Scenarios(long seed, int nodes) {
        this.random = new SplittableRandom(seed ^ SALT);
        this.nodes = nodes;
    }

    /** Two minutes of everything that the protocol must bear, with 5 % loss. */
    public static Scenario turbulent(long seed, int nodes) {
        Scenarios draw = new Scenarios(seed, nodes);
        draw.lonelyFaults();
        draw.commonFaults();
        return draw.scenario(seed, nodes / NODES_PER_RESOURCE, true);
    }

    /** Nodes that are cut off while they hold what others get, with or without fencing. */
    public static Scenario contested(long seed, int nodes, boolean fencing) {
        Scenarios draw = new Scenarios(seed, nodes);
        draw.partition(nodes / 4);
        return draw.scenario(seed, nodes, fencing);
    }

    private Scenario scenario(long seed, int resources, boolean fencing) {
        int maxDelayMillis = MAX_DELAY_MILLIS[random.nextInt(MAX_DELAY_MILLIS.length)];
        Scenario.Weather weather =
                new Scenario.Weather(1, maxDelayMillis, MAX_SPIKE_MILLIS, random.nextInt(20), LOSS_PER_MILLE);
        return new Scenario(seed, nodes, resources, fencing, weather, DURATION_MILLIS, faults);
    }

    /** Each about a node of its own. */
    private void lonelyFaults() {
        List<Integer> unlucky = shuffled();
        int next = 0;
        int each = Math.clamp(nodes / 20, 1, 15);
        for (int i = 0; i < each && next + 6 <= unlucky.size(); i++) {
            int from = from();
            faults.add(new Scenario.Fault.PowerLoss(unlucky.get(next++), from, to(from, 3_000, 200_000)));
            from = from();
            faults.add(new Scenario.Fault.AgentCrash(
                    unlucky.get(next++), random.nextInt(4) == 0, from, to(from, 500, 40_000)));
            from = from();
            int direction = random.nextInt(3);
            faults.add(new Scenario.Fault.LinkCut(
                    unlucky.get(next++), direction != 1, direction != 2, from, to(from, 1_000, 80_000)));
            from = from();
            faults.add(new Scenario.Fault.Sleep(unlucky.get(next++), from, to(from, 5_000, 30_000)));
            for (int stall = 0; stall < 3; stall++) {
                from = from();
                faults.add(new Scenario.Fault.Stall(unlucky.get(next), from, to(from, 50, MAX_STALL_MILLIS)));
            }
            next++;
            linkCutBeforePowerLoss(unlucky.get(next++));
        }
    }

    private void linkCutBeforePowerLoss(int node) {
        int from = from();
        int diesAt = to(from, 4_000, 20_000);
        faults.add(new Scenario.Fault.LinkCut(node, true, true, from, to(from, 20_000, 60_000)));
        faults.add(new Scenario.Fault.PowerLoss(node, diesAt, to(diesAt, 3_000, 200_000)));
    }

    /** About many nodes, or the master. */
    private void commonFaults() {
        switch (random.nextInt(6)) {
            case 0 -> massOutage();
            case 1 -> partition(random.nextInt(1, nodes));
            case 2 -> {
                int from = from();
                faults.add(new Scenario.Fault.MasterStall(from, masterBack(from, 10_000)));
                from = from();
                faults.add(new Scenario.Fault.MasterStall(from, masterBack(from, 3_000)));
            }
            case 3 -> {
                int from = from();
                faults.add(new Scenario.Fault.MasterCrash(from, masterBack(from, 30_000)));
            }
            case 4 -> {
                partition(nodes);
            }
            default -> {}
        }
    }

    private int masterBack(int from, int atMostMillis) {
        return Math.min(to(from, 200, atMostMillis), DURATION_MILLIS - World.CALM_MILLIS);
    }

    private void massOutage() {
        int from = from();
        int count = random.nextInt(nodes / 10, nodes * 6 / 10);
        shuffled().stream().limit(count).forEach(node -> {
            int at = from + random.nextInt(200);
            faults.add(new Scenario.Fault.PowerLoss(node, at, to(at, 10_000, 200_000)));
        });
    }

    private void partition(int count) {
        int from = from();
        faults.add(
                new Scenario.Fault.Partition(shuffled().stream().limit(count).toList(), from, to(from, 500, 60_000)));
    }

    private List<Integer> shuffled() {
        List<Integer> all =
                new ArrayList<>(IntStream.rangeClosed(1, nodes).boxed().toList());
        for (int i = all.size() - 1; i > 0; i--) {
            java.util.Collections.swap(all, i, random.nextInt(i + 1));
        }
        return all;
    }

    private int from() {
        return random.nextInt(World.WARM_UP_MILLIS, FAULTS_MILLIS);
    }

    /** What would be repaired in the calm stays as it is. */
    private int to(int from, int atLeastMillis, int atMostMillis) {
        int to = from + random.nextInt(atLeastMillis, atMostMillis + 1);
        return to < DURATION_MILLIS - World.CALM_MILLIS ? to : DURATION_MILLIS;
    }
}
