// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.statemesh.health.master.Group;
import net.statemesh.health.master.Standing;
import net.statemesh.health.protocol.Assignment;

/** What the API server holds, and what each node has not seen of it yet. It is where the master is, and outlives it. */
final class Api {
    /** What is known of a node. */
    static final class Entry {
        Standing standing = Standing.NEW;
        Assignment assignment = Assignment.NONE;
        List<Group> groups = List.of();
        private final Deque<Runnable> unseen = new ArrayDeque<>();
        private boolean busy;
    }

    private static final int MAX_WATCH_DELAY_MILLIS = 40;
    private static final int RETRY_MILLIS = 250;

    private final Timeline timeline;
    private final Network network;
    private final List<Machine> machines;
    private final List<Entry> entries = new ArrayList<>();
    private final Uses uses;
    private final int[] holders;
    private long masters;

    /** Is told when a node learns that a resource is its to use. */
    @FunctionalInterface
    interface Uses {
        void begin(Machine machine, int resource);
    }

    Api(Timeline timeline, Network network, List<Machine> machines, int resources, Uses uses) {
        this.timeline = timeline;
        this.network = network;
        this.machines = machines;
        this.uses = uses;
        this.holders = new int[resources];
        machines.forEach(machine -> entries.add(new Entry()));
    }

    /** Number of a new master, above those of all before. */
    long nextMaster() {
        return ++masters;
    }

    Entry entry(int node) {
        return entries.get(node - 1);
    }

    int holder(int resource) {
        return holders[resource];
    }

    int resources() {
        return holders.length;
    }

    void setHolder(int resource, int node) {
        int before = holders[resource];
        holders[resource] = node;
        if (before > 0) {
            Machine old = machines.get(before - 1);
            tell(before, () -> old.see(resource, false));
        }
        Machine now = machines.get(node - 1);
        tell(node, () -> see(now, resource));
    }

    private void see(Machine machine, int resource) {
        machine.see(resource, true);
        uses.begin(machine, resource);
    }

    void publish(int node, Assignment assignment, List<Group> groups) {
        Entry entry = entry(node);
        entry.assignment = assignment;
        entry.groups = groups;
        Machine machine = machines.get(node - 1);
        tell(node, () -> machine.assign(assignment));
    }

    /** A node that starts reads all that there is. */
    void agentStarted(int node) {
        Entry entry = entry(node);
        entry.unseen.clear();
        Machine machine = machines.get(node - 1);
        tell(node, () -> {
            for (int resource = 0; resource < holders.length; resource++) {
                if (holders[resource] == node) {
                    see(machine, resource);
                }
            }
            machine.assign(entry.assignment);
        });
    }

    private void tell(int node, Runnable change) {
        Entry entry = entry(node);
        entry.unseen.add(change);
        if (!entry.busy) {
            entry.busy = true;
            later(node, entry, 1 + timeline.nowMillis() % MAX_WATCH_DELAY_MILLIS);
        }
    }

    /** Changes arrive in their order, when the node can be reached. */
    private void later(int node, Entry entry, long delayMillis) {
        timeline.in(delayMillis, () -> {
            Machine machine = machines.get(node - 1);
            if (network.reachesMaster(node) && machine.agentRuns()) {
                while (!entry.unseen.isEmpty()) {
                    entry.unseen.poll().run();
                }
            }
            entry.busy = !entry.unseen.isEmpty();
            if (entry.busy) {
                later(node, entry, RETRY_MILLIS);
            }
        });
    }
}
