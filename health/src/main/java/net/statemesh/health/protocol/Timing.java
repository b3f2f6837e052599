// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

/**
 * The durations of the protocol, in milliseconds of a monotonic clock that goes on while the machine sleeps. All who take part use the
 * same ones.
 */
public final class Timing {
    /** From a node to the master. */
    public static final int HEARTBEAT_MILLIS = 200;
    /** From a node to each of its watchers. */
    public static final int PEER_HEARTBEAT_MILLIS = 1_000;
    /** How often the master looks. */
    public static final int TICK_MILLIS = 50;

    /** Suspicion level (negative decimal logarithm of the chance that the node lives) from which others are asked. */
    public static final double SUSPICIOUS_PHI = 3;
    /** No node is suspected sooner; also what counts as fresh evidence. */
    public static final int SILENCE_MILLIS = 600;

    /** Most nodes that are asked about a suspect at once. */
    public static final int WITNESSES = 6;
    /** Testimonies without which there is no verdict, if so many could be asked. */
    public static final int TESTIMONIES = 2;
    /** How often and how far apart a witness tries. */
    public static final int PINGS = 3;

    public static final int PING_MILLIS = 100;
    /** A witness gives up after so long. */
    public static final int PING_PATIENCE_MILLIS = 350;
    /** The master asks a witness that has not answered again. */
    public static final int ASK_AGAIN_MILLIS = 150;
    /** The master does not wait longer for the last witnesses when the others agree. */
    public static final int ENOUGH_MILLIS = 500;
    /** A round without a result ends, and another one begins. */
    public static final int ROUND_MILLIS = 1_000;
    /** A suspect that answers to others only is asked for again. */
    public static final int RECHECK_MILLIS = 600;

    /** A tick that comes so late means that the master itself was away. */
    public static final int ABSENCE_MILLIS = 400;
    /** A new master, or one that was away, hears before it judges. */
    public static final int GRACE_MILLIS = 3_000;

    /** A node holds what only it may hold for so long after it asked for the grant. */
    public static final int LEASE_MILLIS = 5_000;
    /** Clocks of any two machines differ in rate by no more. */
    public static final int DRIFT_PER_MILLE = 10;
    /** Who waits for the end of a lease waits so much longer: twice the drift, and the coarseness of clocks. */
    public static final int LEASE_OVER_MILLIS = LEASE_MILLIS + 2 * LEASE_MILLIS * DRIFT_PER_MILLE / 1_000 + 100;

    /** Nodes that watch a node and grant its lease. */
    public static final int WATCHERS = 4;

    private Timing() {}

    /** Grants that a node needs from its watchers: with itself, they are a majority. */
    public static int grantsNeeded(int watchers) {
        return watchers / 2;
    }

    /** Watchers that must have stopped granting before nobody can hold a lease from them; more than there are when that is never certain. */
    public static int refusalsNeeded(int watchers) {
        return watchers - grantsNeeded(watchers) + 1;
    }
}
