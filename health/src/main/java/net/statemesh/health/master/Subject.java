// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/** What the detector knows of one node. */
final class Subject {
    /** Heartbeats of a dead node that came late do not bring it back: two must come so far apart. */
    private static final int RETURN_MILLIS = Timing.HEARTBEAT_MILLIS / 2;

    final int node;
    Standing standing;

    @Nullable
    Round round;

    private Arrivals arrivals;
    /** Until the first heartbeat, a node that a master before this one knew is not judged before this. */
    private long graceUntilMillis;

    private boolean heard;
    private boolean returning;
    private long returnMillis;
    private long agentMillis;
    private long machineMillis;

    Subject(int node, Standing standing, long nowMillis) {
        this.node = node;
        this.standing = standing;
        this.arrivals = new Arrivals(nowMillis);
        this.graceUntilMillis = nowMillis + Timing.GRACE_MILLIS;
        this.agentMillis = Long.MIN_VALUE / 2;
        this.machineMillis = Long.MIN_VALUE / 2;
    }

    /** A new incarnation counts its heartbeats anew. */
    void restarted(long nowMillis) {
        arrivals = new Arrivals(nowMillis);
    }

    /** Whether the node is alive by this heartbeat. */
    boolean heartbeat(long number, long nowMillis) {
        if (standing == Standing.DEAD && !returning) {
            returning = true;
            returnMillis = nowMillis;
            arrivals = new Arrivals(nowMillis);
        }
        if (!arrivals.arrived(number, nowMillis)
                || (standing == Standing.DEAD && nowMillis - returnMillis < RETURN_MILLIS)) {
            return false;
        }
        heard = true;
        returning = false;
        round = null;
        return true;
    }

    void died() {
        standing = Standing.DEAD;
        returning = false;
        round = null;
    }

    void agentReached(long atMillis) {
        agentMillis = Math.max(agentMillis, atMillis);
    }

    void machineReached(long atMillis) {
        machineMillis = Math.max(machineMillis, atMillis);
    }

    void excuse(long millis, long nowMillis) {
        arrivals.excuse(millis, nowMillis);
        agentMillis = Math.min(nowMillis, agentMillis + millis);
        machineMillis = Math.min(nowMillis, machineMillis + millis);
        graceUntilMillis = Math.max(graceUntilMillis, heard ? 0 : nowMillis + Timing.GRACE_MILLIS);
        round = null;
    }

    boolean counts() {
        return standing != Standing.NEW && standing != Standing.DEAD;
    }

    /**
     * Whether the node, or its machine, was reached by anybody a moment ago: a shorter one than any verdict takes, so that whoever
     * vanished together is seen to have vanished before the first of them is judged.
     */
    boolean fresh(long nowMillis) {
        return (heard && nowMillis - directMillis() <= Timing.SILENCE_MILLIS)
                || nowMillis - Math.max(agentMillis, machineMillis) <= Timing.RECHECK_MILLIS;
    }

    /** Whether the master itself heard it a moment ago. */
    boolean canTestify(long nowMillis) {
        return heard && standing == Standing.ALIVE && nowMillis - directMillis() <= Timing.SILENCE_MILLIS;
    }

    boolean suspicious(long nowMillis) {
        return heard
                ? silentMillis(nowMillis) > Timing.SILENCE_MILLIS && arrivals.phi(nowMillis) >= Timing.SUSPICIOUS_PHI
                : nowMillis >= graceUntilMillis;
    }

    /** Whether others should be asked: nobody has reached anything of it lately. */
    boolean questionable(long nowMillis) {
        return nowMillis - Math.max(agentMillis, machineMillis) > Timing.RECHECK_MILLIS && suspicious(nowMillis);
    }

    /** How it stands by the evidence there is, death aside. */
    Standing evident(long nowMillis) {
        if (!suspicious(nowMillis)) {
            return standing;
        }
        if (nowMillis - agentMillis <= Timing.RECHECK_MILLIS) {
            return silentMillis(nowMillis) >= Timing.GRACE_MILLIS ? Standing.LINK_CUT : standing;
        }
        boolean machine = nowMillis - machineMillis <= Timing.RECHECK_MILLIS;
        long agentSilentMillis = nowMillis - Math.max(agentMillis, directMillis());
        return machine && agentSilentMillis >= Timing.GRACE_MILLIS ? Standing.AGENT_AWAY : standing;
    }

    long directMillis() {
        return arrivals.lastMillis();
    }

    long silentMillis(long nowMillis) {
        return nowMillis - directMillis();
    }

    double phi(long nowMillis) {
        return arrivals.phi(nowMillis);
    }
}
