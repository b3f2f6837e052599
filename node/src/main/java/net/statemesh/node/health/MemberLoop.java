// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.daemon.DatagramLoop;
import net.statemesh.health.member.Member;
import net.statemesh.health.member.MemberOutput;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.DatagramKey;
import net.statemesh.health.protocol.Datagrams;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Member} and its socket; it waits for its first document. */
public final class MemberLoop implements AutoCloseable, DatagramLoop.Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);
    private static final int BATCH = 64;
    private static final int MAX_KNOCKS = 32;
    /** Some seconds of what watched peers and the master send. */
    private static final int SOCKET_BUFFER_BYTES = 256 << 10;

    private record Correspondent(InetSocketAddress address, DatagramKey key) {}

    private final String nodeName;
    private final Incarnations incarnations;
    private final long incarnation;
    private final BootClock clock = new BootClock();
    private final DatagramLoop loop;
    private final Semaphore knocks = new Semaphore(MAX_KNOCKS);
    private Map<Integer, Correspondent> correspondents = Map.of();
    private int self;
    private @Nullable Member member;

    /**
     * Starts at once.
     *
     * @param listen where others reach this node
     * @param stateDirectory for what must outlive the agent
     * @param wallMillis Unix time
     */
    public MemberLoop(String nodeName, InetSocketAddress listen, Path stateDirectory, long wallMillis) {
        this.nodeName = nodeName;
        this.incarnations = new Incarnations(stateDirectory);
        this.incarnation = incarnations.next(wallMillis);
        this.loop = new DatagramLoop(
                new DatagramLoop.Settings("health", listen, SOCKET_BUFFER_BYTES, BATCH, 2 * Datagrams.MAX_BYTES), this);
        loop.start();
    }

    /** The node's document as the API has it now. */
    public void follow(HealthDocument document) {
        Map<Integer, Correspondent> known = new HashMap<>();
        known.put(Envelope.MASTER, correspondent(document.master()));
        document.peers().forEach(peer -> known.put(peer.number(), correspondent(peer)));
        Assignment assignment = new Assignment(
                document.version(),
                document.watchers(),
                document.watched().stream()
                        .map(watched -> new Assignment.Watched(watched.node(), watched.since()))
                        .toList());
        loop.ask(() -> {
            correspondents = known;
            if (member == null || self != document.number()) {
                self = document.number();
                member = new Member(self, incarnation, clock.millis());
                LOG.info("node={} heartbeats start, number={}", nodeName, self);
            }
            handle(member.assign(assignment, clock.millis()));
        });
    }

    private static Correspondent correspondent(HealthDocument.Peer peer) {
        return new Correspondent(
                new InetSocketAddress(peer.address(), peer.port()),
                new DatagramKey(Base64.getDecoder().decode(peer.key())));
    }

    @Override
    public void tick() {
        Member running = member;
        if (running != null && clock.millis() >= running.nextTickMillis()) {
            handle(running.tick(clock.millis()));
        }
    }

    @Override
    public long waitMillis() {
        return member == null ? 0 : Math.max(1, member.nextTickMillis() - clock.millis());
    }

    @Override
    public void received(byte[] buffer, int lengthBytes) {
        Member running = member;
        if (running != null) {
            Datagrams.decode(buffer, lengthBytes, self, this::key)
                    .ifPresent(envelope -> handle(running.receive(envelope, clock.millis())));
        }
    }

    @Override
    public void ended() {
        clock.close();
    }

    private @Nullable DatagramKey key(int other) {
        Correspondent correspondent = correspondents.get(other);
        return correspondent == null ? null : correspondent.key();
    }

    private void handle(List<MemberOutput> outputs) {
        for (MemberOutput output : outputs) {
            switch (output) {
                case MemberOutput.Send(Envelope envelope) -> send(envelope);
                case MemberOutput.Knock knock -> knock(knock);
                case MemberOutput.Lease(boolean held) -> LOG.info("node={} lease held={}", nodeName, held);
                case MemberOutput.Incarnation(long raised) -> incarnations.write(raised);
            }
        }
    }

    private void send(Envelope envelope) {
        Correspondent to = correspondents.get(envelope.to());
        if (to != null) {
            loop.send(to.address(), Datagrams.encode(envelope, to.key()));
        }
    }

    /** An echo request: the machine's kernel answers it without its agent. */
    private void knock(MemberOutput.Knock knock) {
        Correspondent target = correspondents.get(knock.target());
        if (target == null || !knocks.tryAcquire()) {
            return;
        }
        InetAddress address = target.address().getAddress();
        Thread.ofVirtual().name("knock").start(() -> {
            try {
                if (address.isReachable(Timing.PING_PATIENCE_MILLIS - Timing.PING_MILLIS)) {
                    loop.ask(() -> answered(knock));
                }
            } catch (IOException e) {
                LOG.debug("node={} knock at {}: {}", nodeName, address, e.toString());
            } finally {
                knocks.release();
            }
        });
    }

    private void answered(MemberOutput.Knock knock) {
        if (member != null) {
            member.machineAnswered(knock.round(), knock.target());
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
