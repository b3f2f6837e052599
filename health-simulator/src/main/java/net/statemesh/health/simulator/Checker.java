// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.Optional;
import java.util.function.IntPredicate;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.Verdict;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/** Knows what is true, and compares. */
final class Checker {
    /** By when a death must have been found. */
    static final int FOUND_MILLIS = 2_000;
    /** A verdict is not false if the node could not be reached at some moment so shortly before. */
    private static final int RECENTLY_MILLIS = 2_000;

    /** Deaths this long after something went wrong with the master itself have a full chance to be found. */
    private static final int SETTLED_MILLIS = Timing.GRACE_MILLIS + FOUND_MILLIS;

    private final Scenario scenario;
    private final Timeline timeline;
    private final IntPredicate reachable;
    private final long[] unreachableMillis;
    private final boolean[] dead;
    /** When a death began that is to be found; 0 for none. */
    private final long[] diedMillis;

    private long disturbedMillis;
    private boolean masterRuns;
    private boolean withholds;
    private int deaths;
    private int slowestMillis;
    private long totalMillis;
    private int verdicts;
    private int moved;
    private int withheld;
    private Ending.@Nullable Broken broken;

    /** @param reachable whether somebody on the master's side could reach the node's machine now */
    Checker(Scenario scenario, Timeline timeline, IntPredicate reachable) {
        this.scenario = scenario;
        this.timeline = timeline;
        this.reachable = reachable;
        this.unreachableMillis = new long[scenario.nodes() + 1];
        this.dead = new boolean[scenario.nodes() + 1];
        this.diedMillis = new long[scenario.nodes() + 1];
    }

    Optional<Ending.Broken> broken() {
        return Optional.ofNullable(broken);
    }

    /** A node cannot be reached from now on, or could not until now. */
    void unreachable(int node) {
        unreachableMillis[node] = timeline.nowMillis();
    }

    /** Something was wrong with the master or its network until now, or something else is from now on. */
    void masterDisturbed() {
        disturbedMillis = timeline.nowMillis();
    }

    /** Whether the master runs from now on. */
    void masterRuns(boolean runs) {
        masterRuns = runs;
        masterDisturbed();
    }

    void withheld(boolean now) {
        withholds = now;
        withheld += now ? 1 : 0;
        masterDisturbed();
    }

    void moved() {
        moved++;
    }

    void judged(Verdict verdict) {
        int node = verdict.node();
        dead[node] = verdict.standing() == Standing.DEAD;
        if (!dead[node]) {
            return;
        }
        verdicts++;
        found(node);
        boolean justified = !reachable.test(node)
                || (unreachableMillis[node] > 0 && timeline.nowMillis() - unreachableMillis[node] <= RECENTLY_MILLIS);
        if (!justified) {
            broken(Ending.Violation.FALSE_VERDICT, verdict.toString());
        }
    }

    /** A machine that could be reached went away. */
    void died(int node) {
        long sinceMillis = timeline.nowMillis();
        boolean settled = sinceMillis - disturbedMillis > SETTLED_MILLIS && masterRuns && !withholds;
        if (dead[node] || !settled) {
            return;
        }
        diedMillis[node] = sinceMillis;
        timeline.in(FOUND_MILLIS + 1, () -> {
            if (diedMillis[node] == sinceMillis && undisturbedSince(sinceMillis)) {
                broken(Ending.Violation.LATE_VERDICT, "node " + node + " died at " + sinceMillis + " ms");
            }
        });
    }

    void cameBack(int node) {
        diedMillis[node] = 0;
    }

    private boolean undisturbedSince(long sinceMillis) {
        return disturbedMillis < sinceMillis && masterRuns && !withholds;
    }

    private void found(int node) {
        long sinceMillis = diedMillis[node];
        diedMillis[node] = 0;
        if (sinceMillis > 0 && undisturbedSince(sinceMillis)) {
            int elapsedMillis = (int) (timeline.nowMillis() - sinceMillis);
            deaths++;
            slowestMillis = Math.max(slowestMillis, elapsedMillis);
            totalMillis += elapsedMillis;
        }
    }

    void heldTwice(int resource, int one, int other) {
        broken(
                Ending.Violation.HELD_TWICE,
                "resource " + resource + " can be used by node " + one + " and node " + other);
    }

    void notRecovered(String what) {
        broken(Ending.Violation.NOT_RECOVERED, what);
    }

    private void broken(Ending.Violation kind, String what) {
        if (broken == null) {
            broken = new Ending.Broken(scenario.seed(), timeline.nowMillis(), kind, what);
        }
    }

    Ending.Statistics statistics(long nodeSeconds, long sent) {
        return new Ending.Statistics(
                timeline.steps(), nodeSeconds, deaths, slowestMillis, totalMillis, verdicts, moved, withheld, sent);
    }
}
