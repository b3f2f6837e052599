// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

import net.statemesh.lachesis.simulator.Scenarios;
import net.statemesh.lachesis.simulator.Verdict;
import net.statemesh.lachesis.simulator.World;

/** Consensus in a bad network with up to a third of Byzantine weight. */
public final class LachesisSimulation implements Simulation {
    private static final int DEFAULT_SEEDS = 300;

    @Override
    public String name() {
        return "lachesis";
    }

    @Override
    public int defaultSeeds() {
        return DEFAULT_SEEDS;
    }

    @Override
    public Outcome run(long seed) {
        return switch (World.run(Scenarios.tolerable(seed))) {
            case Verdict.Held held -> new Outcome.Held(held.statistics().toString());
            case Verdict.Broken broken -> new Outcome.Violated(broken.toString());
        };
    }
}
