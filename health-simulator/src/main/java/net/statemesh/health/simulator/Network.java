// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.statemesh.health.protocol.Envelope;

/** Carries envelopes late, twice, or not at all. */
final class Network {
    private static final int PER_MILLE = 1_000;
    private static final int DUPLICATES_PER_MILLE = 5;

    private final Timeline timeline;
    private final SplittableRandom random;
    private final Scenario.Weather weather;
    private final Consumer<Envelope> deliver;
    /** Who has different numbers does not reach the other. */
    private final int[] sides;

    private final boolean[] cutToMaster;
    private final boolean[] cutFromMaster;
    private long sent;

    Network(Timeline timeline, SplittableRandom random, Scenario scenario, Consumer<Envelope> deliver) {
        this.timeline = timeline;
        this.random = random;
        this.weather = scenario.weather();
        this.deliver = deliver;
        this.sides = new int[scenario.nodes() + 1];
        this.cutToMaster = new boolean[scenario.nodes() + 1];
        this.cutFromMaster = new boolean[scenario.nodes() + 1];
    }

    void send(Envelope envelope) {
        sent++;
        carry(envelope);
        if (random.nextInt(PER_MILLE) < DUPLICATES_PER_MILLE) {
            carry(envelope);
        }
    }

    private void carry(Envelope envelope) {
        if (!lost()) {
            timeline.in(delayMillis(), () -> {
                if (connected(envelope.from(), envelope.to())) {
                    deliver.accept(envelope);
                }
            });
        }
    }

    boolean lost() {
        return random.nextInt(PER_MILLE) < weather.lossPerMille();
    }

    int delayMillis() {
        int spike =
                random.nextInt(PER_MILLE) < weather.spikesPerMille() ? random.nextInt(weather.spikeMillis() + 1) : 0;
        return random.nextInt(weather.minDelayMillis(), weather.maxDelayMillis() + 1) + spike;
    }

    boolean connected(int from, int to) {
        return sides[from] == sides[to]
                && !(to == Envelope.MASTER && cutToMaster[from])
                && !(from == Envelope.MASTER && cutFromMaster[to]);
    }

    /** Whether a connection works that needs both directions, like that to the API. */
    boolean reachesMaster(int node) {
        return connected(node, Envelope.MASTER) && connected(Envelope.MASTER, node);
    }

    boolean sameSideAsMaster(int node) {
        return sides[node] == sides[Envelope.MASTER];
    }

    void setSide(int address, int side) {
        sides[address] = side;
    }

    void cut(int node, boolean toMaster, boolean fromMaster) {
        cutToMaster[node] = toMaster;
        cutFromMaster[node] = fromMaster;
    }

    void repairAll() {
        Arrays.fill(sides, 0);
        Arrays.fill(cutToMaster, false);
        Arrays.fill(cutFromMaster, false);
    }

    long sent() {
        return sent;
    }
}
