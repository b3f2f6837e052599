// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.statemesh.ingress.route.Endpoint;

/** What the event loops of a router know together about each replica. */
public final class ReplicaStates {
    private final ConcurrentMap<Endpoint, ReplicaState> states = new ConcurrentHashMap<>();

    /** The state that all event loops share. */
    ReplicaState of(Endpoint endpoint) {
        return states.computeIfAbsent(endpoint, unknown -> new ReplicaState());
    }

    /** The replica has ended; who holds its state goes on with it. */
    void forget(Endpoint endpoint, ReplicaState state) {
        states.remove(endpoint, state);
    }

    /** One replica: how much it has to do, and whether it could not be reached a moment ago. Compared by identity. */
    static final class ReplicaState {
        private static final int MAX_DOWN_DOUBLINGS = 3;

        private final AtomicInteger inFlight = new AtomicInteger();
        private volatile int downUntilTick;
        private int failuresInARow;

        /** Adds requests, or takes them away. */
        void addInFlight(int requests) {
            inFlight.addAndGet(requests);
        }

        int inFlight() {
            return inFlight.get();
        }

        /** For a second, and twice as long with each further failure, up to 8. */
        synchronized void markDown(int tick) {
            downUntilTick = tick + (1 << Math.min(failuresInARow, MAX_DOWN_DOUBLINGS));
            failuresInARow++;
        }

        /** A request waited in vain: for the longest time at once, because each try costs a client its patience. */
        synchronized void markUnresponsive(int tick) {
            failuresInARow = Math.max(failuresInARow, MAX_DOWN_DOUBLINGS);
            markDown(tick);
        }

        synchronized void markUp() {
            failuresInARow = 0;
            downUntilTick = 0;
        }

        boolean isDown(int tick) {
            return tick < downUntilTick;
        }
    }
}
