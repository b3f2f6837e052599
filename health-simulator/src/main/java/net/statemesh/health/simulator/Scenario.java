// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.List;

/**
 * What a zone is like and what happens to it.
 *
 * @param seed all that is random is drawn from it
 * @param resources how many things there are that only one node may hold
 * @param fencing whether nodes keep to their leases; without, the checker must find out
 * @param weather of the network
 * @param durationMillis how long, in true time
 * @param faults what goes wrong, and for how long
 */
public record Scenario(
        long seed, int nodes, int resources, boolean fencing, Weather weather, int durationMillis, List<Fault> faults) {
    public Scenario {
        faults = List.copyOf(faults);
    }

    /** One-way delays are drawn between the bounds, and now and then are longer by up to {@code spikeMillis}. */
    public record Weather(
            int minDelayMillis, int maxDelayMillis, int spikeMillis, int spikesPerMille, int lossPerMille) {}

    /** Something that goes wrong at {@code fromMillis} and is repaired at {@code toMillis}. */
    public sealed interface Fault {
        int fromMillis();

        int toMillis();

        /** A machine loses power; its agent starts again with it. */
        record PowerLoss(int node, int fromMillis, int toMillis) implements Fault {}

        /** A machine sleeps with all that runs on it; its clock goes on. */
        record Sleep(int node, int fromMillis, int toMillis) implements Fault {}

        /** The agent ends; its machine goes on. */
        record AgentCrash(int node, boolean stateLost, int fromMillis, int toMillis) implements Fault {}

        /** The agent does not run for a moment. */
        record Stall(int node, int fromMillis, int toMillis) implements Fault {}

        /** Nothing passes between a node and the master, in one direction or both. */
        record LinkCut(int node, boolean toMaster, boolean fromMaster, int fromMillis, int toMillis) implements Fault {}

        /** These nodes reach only each other. */
        record Partition(List<Integer> nodes, int fromMillis, int toMillis) implements Fault {
            public Partition {
                nodes = List.copyOf(nodes);
            }
        }

        /** The master does not run for a while. */
        record MasterStall(int fromMillis, int toMillis) implements Fault {}

        /** The master ends, and another one starts from what the API has. */
        record MasterCrash(int fromMillis, int toMillis) implements Fault {}
    }
}
