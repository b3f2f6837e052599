// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Correspondence;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Message;
import net.statemesh.health.protocol.Sighting;
import net.statemesh.health.protocol.Timing;

/**
 * A node's part: it sends heartbeats to the master and to its watchers, grants leases to those it watches, tries to reach others when the
 * master asks, and knows whether it holds its own lease.
 *
 * <p>Times are milliseconds of one monotonic clock that goes on while the machine sleeps. Not safe for use by several threads.
 */
public final class Member {
    /** A sighting goes into every heartbeat for so long, so that one of them arrives. */
    private static final int SIGHTING_MILLIS = 2 * Timing.HEARTBEAT_MILLIS;
    /** With less left of what the watchers granted, the node turns to the master. */
    private static final int SHORT_LEASE_MILLIS = Timing.LEASE_MILLIS / 2;

    private final Correspondence correspondence;
    private final Hold hold = new Hold();
    private final Map<Integer, Long> heardMillis = new HashMap<>();
    private final Probes probes = new Probes(this::send);
    private Assignment assignment = Assignment.NONE;
    private List<MemberOutput> outputs = new ArrayList<>();
    private long lastHeardMillis;
    private long nextHeartbeatMillis;
    private long nextPeerMillis;
    private int nextWatcher;
    private boolean held;

    /**
     * @param self number of this node
     * @param incarnation above all earlier ones of this node
     */
    public Member(int self, long incarnation, long nowMillis) {
        this.correspondence = new Correspondence(self, incarnation);
        this.lastHeardMillis = nowMillis;
        this.nextHeartbeatMillis = nowMillis;
        this.nextPeerMillis = nowMillis;
    }

    /** The assignment as the API has it now; an older one than the known is ignored. */
    public List<MemberOutput> assign(Assignment latest, long nowMillis) {
        if (latest.version() > assignment.version()) {
            assignment = latest;
            hold.assigned(latest.watchers(), nowMillis);
            heardMillis.keySet().removeIf(node -> assignment.watching(node).isEmpty());
            nextWatcher = 0;
            nextPeerMillis = Math.min(nextPeerMillis, nowMillis);
        }
        return outputs(nowMillis);
    }

    /** Takes a message whose sender has been authenticated. */
    public List<MemberOutput> receive(Envelope envelope, long nowMillis) {
        switch (correspondence.admit(envelope)) {
            case ADMITTED -> take(envelope, nowMillis);
            case UNPROVEN -> outputs.add(new MemberOutput.Send(correspondence.hello(envelope.from())));
            case IGNORED -> {}
        }
        return outputs(nowMillis);
    }

    private void take(Envelope envelope, long nowMillis) {
        int from = envelope.from();
        boolean master = from == Envelope.MASTER;
        switch (envelope.message()) {
            case Message.Grant(long heartbeat, long since) -> {
                if (master && assignment.version() >= since) {
                    hold.grantedByMaster(heartbeat);
                }
            }
            case Message.PeerHeartbeat(long number, long version) -> watched(from, number, version, nowMillis);
            case Message.PeerGrant(long heartbeat) -> hold.grantedBy(from, heartbeat);
            case Message.ProbeRequest(long round, int target) -> {
                if (master && probes.requested(round, target, Envelope.MASTER, nowMillis)) {
                    outputs.add(new MemberOutput.Knock(round, target));
                    probes.tick(nowMillis, Envelope.MASTER);
                }
            }
            case Message.Ping(long round) -> send(new Message.PingAnswer(round), from);
            case Message.PingAnswer(long round) -> probes.answered(round, from, Envelope.MASTER);
            case Message.Hello(long known) -> {
                if (known > correspondence.incarnation()) {
                    correspondence.raise(known + 1);
                    outputs.add(new MemberOutput.Incarnation(known + 1));
                }
            }
            case Message.Heartbeat ignored -> {}
            case Message.ProbeReport ignored -> {}
        }
    }

    /** Grants only while it holds its own lease: a node that is certainly fenced keeps nobody else from being fenced. */
    private void watched(int node, long number, long version, long nowMillis) {
        Optional<Assignment.Watched> entry = assignment.watching(node);
        if (entry.isPresent()) {
            heardMillis.put(node, nowMillis);
            lastHeardMillis = nowMillis;
            if (version >= entry.get().since() && hold.untilMillis() > nowMillis) {
                send(new Message.PeerGrant(number), node);
            }
        }
    }

    /** The machine of the target of a {@link MemberOutput.Knock} answered. */
    public void machineAnswered(long round, int target) {
        probes.machineAnswered(round, target);
    }

    /** To be called at {@link #nextTickMillis} or later. */
    public List<MemberOutput> tick(long nowMillis) {
        if (nowMillis >= nextHeartbeatMillis) {
            nextHeartbeatMillis = following(nextHeartbeatMillis, Timing.HEARTBEAT_MILLIS, nowMillis);
            send(heartbeat(nowMillis), Envelope.MASTER);
        }
        int watchers = assignment.watchers().size();
        if (watchers > 0 && nowMillis >= nextPeerMillis) {
            nextPeerMillis = following(nextPeerMillis, Timing.PEER_HEARTBEAT_MILLIS / watchers, nowMillis);
            nextWatcher %= watchers;
            send(
                    new Message.PeerHeartbeat(hold.nextToWatchers(nowMillis), assignment.version()),
                    assignment.watchers().get(nextWatcher++));
        }
        probes.tick(nowMillis, Envelope.MASTER);
        return outputs(nowMillis);
    }

    private Message.Heartbeat heartbeat(long nowMillis) {
        List<Sighting> sightings = List.of();
        if (nowMillis - lastHeardMillis <= SIGHTING_MILLIS) {
            sightings = sightings(nowMillis);
        }
        boolean wantsGrant = hold.watchersUntilMillis() <= nowMillis + SHORT_LEASE_MILLIS;
        return new Message.Heartbeat(hold.nextToMaster(nowMillis), assignment.version(), wantsGrant, sightings);
    }

    private List<Sighting> sightings(long nowMillis) {
        List<Sighting> sightings = new ArrayList<>();
        heardMillis.forEach((node, atMillis) -> {
            long ageMillis = nowMillis - atMillis;
            if (ageMillis <= SIGHTING_MILLIS && sightings.size() < Message.MAX_SIGHTINGS) {
                sightings.add(new Sighting(node, (int) ageMillis));
            }
        });
        return sightings;
    }

    /** The next time after now in a row of times; those that were missed are not made up for. */
    private static long following(long dueMillis, int periodMillis, long nowMillis) {
        return nowMillis - dueMillis < periodMillis ? dueMillis + periodMillis : nowMillis + periodMillis;
    }

    /** When {@link #tick} has something to do. */
    public long nextTickMillis() {
        long next = Math.min(nextHeartbeatMillis, probes.nextTickMillis());
        next = assignment.watchers().isEmpty() ? next : Math.min(next, nextPeerMillis);
        return held ? Math.min(next, hold.untilMillis()) : next;
    }

    /** Whether this node holds its lease at this moment: to be asked before each use of what only it may hold. */
    public boolean holdsLease(long nowMillis) {
        return hold.untilMillis() > nowMillis;
    }

    private void send(Message message, int receiver) {
        outputs.add(new MemberOutput.Send(correspondence.to(receiver, message)));
    }

    private List<MemberOutput> outputs(long nowMillis) {
        boolean holds = holdsLease(nowMillis);
        if (holds != held) {
            held = holds;
            outputs.add(new MemberOutput.Lease(holds));
        }
        if (outputs.isEmpty()) {
            return List.of();
        }
        List<MemberOutput> done = outputs;
        outputs = new ArrayList<>(2);
        return done;
    }
}
