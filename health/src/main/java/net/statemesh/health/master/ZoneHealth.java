// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Correspondence;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Message;
import net.statemesh.health.protocol.Timing;

/**
 * The master's part: it judges nodes, assigns watchers to them, and says when a dead node's exclusive resources are free.
 *
 * <p>Times are milliseconds of one monotonic clock. Not safe for use by several threads.
 */
public final class ZoneHealth {
    private final Correspondence correspondence;
    private final Outbox outbox;
    private final Watches watches;
    private final Detector detector;
    private final Fencing fencing;
    private final Map<Integer, Long> incarnations = new HashMap<>();
    private final Set<Integer> toFence = new LinkedHashSet<>();
    private long awakeMillis;

    /** @param incarnation above those of all masters before this one, and below 2^31 */
    public ZoneHealth(long incarnation, long nowMillis) {
        this.correspondence = new Correspondence(Envelope.MASTER, incarnation);
        this.outbox = new Outbox(correspondence);
        this.watches = new Watches(outbox);
        this.detector = new Detector(incarnation << Integer.SIZE, watches::neighbours, outbox, this::judged);
        this.fencing = new Fencing(nowMillis);
        this.awakeMillis = nowMillis;
    }

    /**
     * A node of the zone. All that exist are to be told before the first {@link #tick}.
     *
     * @param known how it stood last; {@link Standing#NEW} if it was never heard
     * @param published the latest assignment made for it
     * @param groups those that came with it
     */
    public void track(int node, Standing known, Assignment published, List<Group> groups, long nowMillis) {
        detector.track(node, known, nowMillis);
        watches.add(node, published, groups);
        switch (known) {
            case NEW -> {}
            case ALIVE, LINK_CUT, AGENT_AWAY -> watches.enter(node);
            case DEAD -> toFence.add(node);
        }
    }

    /** The node is no longer of the zone, as somebody decided who knows. */
    public void forget(int node) {
        detector.forget(node);
        watches.remove(node);
        fencing.forget(node);
        toFence.remove(node);
        incarnations.remove(node);
        correspondence.forget(node);
    }

    public Standing standing(int node) {
        return detector.standing(node);
    }

    /** Takes a message whose sender has been authenticated as a node of the zone. */
    public List<HealthOutput> receive(Envelope envelope, long nowMillis) {
        wake(nowMillis);
        switch (correspondence.admit(envelope)) {
            case ADMITTED -> take(envelope, nowMillis);
            case UNPROVEN -> outbox.hello(envelope.from());
            case IGNORED -> {}
        }
        return outbox.drain();
    }

    private void take(Envelope envelope, long nowMillis) {
        int from = envelope.from();
        switch (envelope.message()) {
            case Message.Heartbeat heartbeat -> heartbeat(from, envelope.incarnation(), heartbeat, nowMillis);
            case Message.ProbeReport report -> detector.report(from, report, nowMillis);
            case Message.Grant ignored -> {}
            case Message.PeerHeartbeat ignored -> {}
            case Message.PeerGrant ignored -> {}
            case Message.ProbeRequest ignored -> {}
            case Message.Ping ignored -> {}
            case Message.PingAnswer ignored -> {}
            case Message.Hello ignored -> {}
        }
    }

    private void heartbeat(int node, long incarnation, Message.Heartbeat heartbeat, long nowMillis) {
        Long before = incarnations.put(node, incarnation);
        if (before != null && before != incarnation) {
            detector.restarted(node, nowMillis);
        }
        detector.heartbeat(node, heartbeat, nowMillis);
        if (watches.confirmed(node, heartbeat.assignment())) {
            fencing.granted(node, nowMillis);
            fencing.confirmed(node, heartbeat.assignment(), nowMillis);
        }
        Watch watch = watches.of(node);
        if (watch != null
                && heartbeat.wantsGrant()
                && heartbeat.assignment() >= watch.since()
                && detector.standing(node) == Standing.ALIVE) {
            fencing.granted(node, nowMillis);
            outbox.send(new Message.Grant(heartbeat.number(), watch.since()), node);
        }
    }

    /** To be called every {@link Timing#TICK_MILLIS}. */
    public List<HealthOutput> tick(long nowMillis) {
        wake(nowMillis);
        detector.tick(nowMillis);
        watches.publish();
        for (int node : toFence) {
            Watch watch = watches.of(node);
            if (watch != null) {
                fencing.begin(watch, watches, nowMillis);
            }
        }
        toFence.clear();
        for (int node : fencing.tick(nowMillis)) {
            outbox.add(new HealthOutput.Fenced(node));
            Watch watch = watches.of(node);
            if (watch != null) {
                watches.fenced(watch);
            }
        }
        return outbox.drain();
    }

    private void judged(Verdict verdict) {
        outbox.add(new HealthOutput.Judged(verdict));
        switch (verdict.standing()) {
            case NEW -> {}
            case ALIVE, LINK_CUT, AGENT_AWAY -> {
                toFence.remove(verdict.node());
                fencing.end(verdict.node());
                watches.enter(verdict.node());
            }
            case DEAD -> {
                watches.leave(verdict.node());
                toFence.add(verdict.node());
            }
        }
    }

    /** Silence while this process did not run is not the nodes'. */
    private void wake(long nowMillis) {
        long awayMillis = nowMillis - awakeMillis;
        awakeMillis = nowMillis;
        if (awayMillis > Timing.ABSENCE_MILLIS) {
            detector.excuse(awayMillis, nowMillis);
        }
    }
}
