// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import net.statemesh.health.protocol.Message;
import net.statemesh.health.protocol.Reached;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/** What this node tries on behalf of the master. */
final class Probes {
    /** More are not tried at once; the oldest makes room. */
    private static final int MAX_PROBES = 64;

    private static final class Probe {
        private final long round;
        private final int target;
        private final long endMillis;
        private int pings;
        private long nextMillis;
        private boolean machine;
        private @Nullable Reached result;

        private Probe(long round, int target, long nowMillis) {
            this.round = round;
            this.target = target;
            this.endMillis = nowMillis + Timing.PING_PATIENCE_MILLIS;
            this.nextMillis = nowMillis;
        }

        private Message.ProbeReport report() {
            return new Message.ProbeReport(round, target, Objects.requireNonNull(result));
        }
    }

    /** By target: the master asks for one round after the other. */
    private final Map<Integer, Probe> probes = new LinkedHashMap<>();

    private final ObjIntConsumer<Message> send;

    /** {@code send} takes a message and its receiver. */
    Probes(ObjIntConsumer<Message> send) {
        this.send = send;
    }

    /** Whether this round is new here. A request that comes again is answered again. */
    boolean requested(long round, int target, int master, long nowMillis) {
        Probe known = probes.get(target);
        if (known != null && known.round >= round) {
            if (known.round == round && known.result != null) {
                send.accept(known.report(), master);
            }
            return false;
        }
        probes.remove(target);
        if (probes.size() >= MAX_PROBES) {
            Iterator<Probe> oldest = probes.values().iterator();
            oldest.next();
            oldest.remove();
        }
        probes.put(target, new Probe(round, target, nowMillis));
        return true;
    }

    void answered(long round, int target, int master) {
        Probe probe = probes.get(target);
        if (probe != null && probe.round == round && probe.result == null) {
            conclude(probe, Reached.AGENT, master);
        }
    }

    void machineAnswered(long round, int target) {
        Probe probe = probes.get(target);
        if (probe != null && probe.round == round) {
            probe.machine = true;
        }
    }

    void tick(long nowMillis, int master) {
        for (Probe probe : probes.values()) {
            if (probe.result == null && nowMillis >= probe.endMillis) {
                conclude(probe, probe.machine ? Reached.MACHINE : Reached.NOTHING, master);
            } else if (probe.result == null && probe.pings < Timing.PINGS && nowMillis >= probe.nextMillis) {
                probe.pings++;
                probe.nextMillis = nowMillis + Timing.PING_MILLIS;
                send.accept(new Message.Ping(probe.round), probe.target);
            }
        }
    }

    private void conclude(Probe probe, Reached result, int master) {
        probe.result = result;
        send.accept(probe.report(), master);
    }

    /** When {@link #tick} has something to do, {@link Long#MAX_VALUE} for never. */
    long nextTickMillis() {
        long next = Long.MAX_VALUE;
        for (Probe probe : probes.values()) {
            if (probe.result == null) {
                next = Math.min(next, probe.pings < Timing.PINGS ? probe.nextMillis : probe.endMillis);
            }
        }
        return next;
    }
}
