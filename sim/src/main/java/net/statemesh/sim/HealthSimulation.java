// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

import net.statemesh.health.simulator.Ending;
import net.statemesh.health.simulator.Scenarios;
import net.statemesh.health.simulator.World;

/** A zone of 1,000 nodes for two minutes, with loss, delays, partitions, crashes, sleeping machines and masters that come and go. */
public final class HealthSimulation implements Simulation {
    private static final int NODES = 1_000;
    private static final int DEFAULT_SEEDS = 10;

    @Override
    public String name() {
        return "health";
    }

    @Override
    public int defaultSeeds() {
        return DEFAULT_SEEDS;
    }

    @Override
    public Outcome run(long seed) {
        return switch (World.run(Scenarios.turbulent(seed, NODES))) {
            case Ending.Held held -> new Outcome.Held(held.statistics().toString());
            case Ending.Broken broken -> new Outcome.Violated(broken.toString());
        };
    }
}
