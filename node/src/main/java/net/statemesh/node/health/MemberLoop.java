// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import net.statemesh.api.health.HealthDocument;
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

/** One thread, one socket, one {@link Member}; it waits for its first document. */
public final class MemberLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);
    private static final int BATCH = 64;
    private static final int MAX_KNOCKS = 32;
    private static final long CLOSE_MILLIS = 1_000;

    private record Correspondent(InetSocketAddress address, DatagramKey key) {}

    private final String nodeName;
    private final Incarnations incarnations;
    private final long incarnation;
    private final BootClock clock = new BootClock();
    private final DatagramChannel channel;
    private final Selector selector;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final Semaphore knocks = new Semaphore(MAX_KNOCKS);
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * Datagrams.MAX_BYTES);
    private final Thread thread;
    private Map<Integer, Correspondent> correspondents = Map.of();
    private int self;
    private @Nullable Member member;
    private volatile boolean closed;

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
        try {
            channel = DatagramChannel.open().bind(listen);
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("heartbeats cannot be sent from " + listen, e);
        }
        this.thread = Thread.ofPlatform().name("health").daemon().start(this::run);
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
        requests.add(() -> {
            correspondents = known;
            if (member == null || self != document.number()) {
                self = document.number();
                member = new Member(self, incarnation, clock.millis());
                LOG.info("node={} heartbeats start, number={}", nodeName, self);
            }
            handle(member.assign(assignment, clock.millis()));
        });
        selector.wakeup();
    }

    private static Correspondent correspondent(HealthDocument.Peer peer) {
        return new Correspondent(
                new InetSocketAddress(peer.address(), peer.port()),
                new DatagramKey(Base64.getDecoder().decode(peer.key())));
    }

    private void run() {
        try (channel;
                selector;
                clock) {
            while (!closed) {
                selector.select(waitMillis());
                selector.selectedKeys().clear();
                turn();
            }
        } catch (IOException e) {
            LOG.error("node={} heartbeats end", nodeName, e);
        }
    }

    /** What one turn throws must not end the others: a node without heartbeats looks dead. */
    private void turn() {
        try {
            for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
                request.run();
            }
            receive();
            Member running = member;
            if (running != null && clock.millis() >= running.nextTickMillis()) {
                handle(running.tick(clock.millis()));
            }
        } catch (RuntimeException e) {
            LOG.error("node={} a turn of the health protocol failed", nodeName, e);
        }
    }

    /** 0 stands for as long as nobody asks. */
    private long waitMillis() {
        return member == null ? 0 : Math.max(1, member.nextTickMillis() - clock.millis());
    }

    /** An address that cannot be reached shows up as a failure of the next call: that is no news. */
    private void receive() {
        for (int i = 0; i < BATCH; i++) {
            buffer.clear();
            try {
                if (channel.receive(buffer) == null) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("node={} {}", nodeName, e.toString());
                return;
            }
            Member running = member;
            if (running != null) {
                Datagrams.decode(buffer.array(), buffer.position(), self, this::key)
                        .ifPresent(envelope -> handle(running.receive(envelope, clock.millis())));
            }
        }
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

    /** A datagram that cannot be sent is a lost one. */
    private void send(Envelope envelope) {
        Correspondent to = correspondents.get(envelope.to());
        if (to == null) {
            return;
        }
        try {
            channel.send(ByteBuffer.wrap(Datagrams.encode(envelope, to.key())), to.address());
        } catch (IOException e) {
            LOG.debug("node={} to={} not sent: {}", nodeName, to.address(), e.toString());
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
                    requests.add(() -> answered(knock));
                    selector.wakeup();
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
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
