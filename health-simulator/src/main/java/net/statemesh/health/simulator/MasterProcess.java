// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.statemesh.health.master.HealthOutput;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.ZoneHealth;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/** The master: the core that is tested, and a controller that gives the resources of fenced nodes to others. */
final class MasterProcess {
    private static final int MAX_QUEUED = 8_192;

    private final LocalClock clock;
    private final Timeline timeline;
    private final Network network;
    private final Api api;
    private final Checker checker;
    private final SplittableRandom random;
    private final int nodes;
    private final Deque<Envelope> queued = new ArrayDeque<>();
    private @Nullable ZoneHealth health;
    private boolean stalled;
    private int life;

    MasterProcess(
            LocalClock clock,
            Timeline timeline,
            Network network,
            Api api,
            Checker checker,
            SplittableRandom random,
            int nodes) {
        this.clock = clock;
        this.timeline = timeline;
        this.network = network;
        this.api = api;
        this.checker = checker;
        this.random = random;
        this.nodes = nodes;
    }

    void start() {
        ZoneHealth started = new ZoneHealth(api.nextMaster(), localMillis());
        for (int node = 1; node <= nodes; node++) {
            Api.Entry entry = api.entry(node);
            started.track(node, entry.standing, entry.assignment, entry.groups, localMillis());
        }
        health = started;
        stalled = false;
        checker.masterRuns(true);
        life++;
        tickEver(life);
    }

    void crash() {
        health = null;
        queued.clear();
        life++;
        checker.masterRuns(false);
    }

    void stall() {
        stalled = true;
        checker.masterRuns(false);
    }

    void goOn() {
        stalled = false;
        checker.masterRuns(health != null);
        while (health != null && !queued.isEmpty()) {
            deliver(queued.poll());
        }
    }

    boolean runs() {
        return health != null && !stalled;
    }

    void deliver(Envelope envelope) {
        if (health == null) {
            return;
        }
        if (stalled) {
            if (queued.size() < MAX_QUEUED) {
                queued.add(envelope);
            }
            return;
        }
        handle(health.receive(envelope, localMillis()));
    }

    private void tickEver(int started) {
        if (started != life) {
            return;
        }
        if (!stalled) {
            handle(Objects.requireNonNull(health).tick(localMillis()));
        }
        timeline.in(Timing.TICK_MILLIS, () -> tickEver(started));
    }

    private void handle(List<HealthOutput> outputs) {
        for (HealthOutput output : outputs) {
            switch (output) {
                case HealthOutput.Send send -> network.send(send.envelope());
                case HealthOutput.Judged judged -> {
                    api.entry(judged.verdict().node()).standing =
                            judged.verdict().standing();
                    checker.judged(judged.verdict());
                }
                case HealthOutput.Withheld withheld -> checker.withheld(withheld.withheld());
                case HealthOutput.Assign assign -> api.publish(assign.node(), assign.assignment(), assign.groups());
                case HealthOutput.Fenced fenced -> moveFrom(fenced.node());
            }
        }
    }

    private void moveFrom(int node) {
        List<Integer> alive = new ArrayList<>();
        for (int other = 1; other <= nodes; other++) {
            if (api.entry(other).standing == Standing.ALIVE) {
                alive.add(other);
            }
        }
        for (int resource = 0; resource < api.resources(); resource++) {
            if (api.holder(resource) == node && !alive.isEmpty()) {
                api.setHolder(resource, alive.get(random.nextInt(alive.size())));
                checker.moved();
            }
        }
    }

    private long localMillis() {
        return clock.millis(timeline.nowMillis());
    }
}
