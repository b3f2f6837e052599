// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.statemesh.health.master.Group;
import net.statemesh.health.master.HealthOutput;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.ZoneHealth;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.DatagramKey;
import net.statemesh.health.protocol.Datagrams;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread, one socket, one {@link ZoneHealth}. Whatever is not a message goes to a consumer that must not block. */
final class HealthLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLoop.class);
    /** Datagrams taken between two looks at the clock. */
    private static final int BATCH = 512;

    private static final long CLOSE_MILLIS = 1_000;
    /** Holds what 1,000 nodes send while this process does not run for a second. */
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    private record Correspondent(InetSocketAddress address, DatagramKey key) {}

    private final DatagramChannel channel;
    private final Selector selector;
    private final DatagramKey zoneKey;
    private final ZoneHealth health;
    private final Consumer<HealthOutput> outputs;
    private final Map<Integer, Correspondent> nodes = new HashMap<>();
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * Datagrams.MAX_BYTES);
    private final Thread thread;
    private long nextTickMillis = nowMillis();
    private volatile boolean closed;

    /** @param master number of this master */
    HealthLoop(InetSocketAddress listen, DatagramKey zoneKey, long master, Consumer<HealthOutput> outputs) {
        this.zoneKey = zoneKey;
        this.outputs = outputs;
        this.health = new ZoneHealth(master, nowMillis());
        try {
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.bind(listen);
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("heartbeats cannot be received at " + listen, e);
        }
        this.thread = Thread.ofPlatform().name("health").daemon().unstarted(this::run);
    }

    /** To be called once all nodes that are known have been tracked. */
    void start() {
        thread.start();
    }

    InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] keyOf(int one, int other) {
        synchronized (zoneKey) {
            return zoneKey.pair(one, other);
        }
    }

    /** See {@link ZoneHealth#track}. A node that is tracked already only gets another address. */
    void track(NodeEntry node, Standing known, Assignment published, List<Group> groups) {
        Correspondent correspondent = new Correspondent(
                new InetSocketAddress(node.address(), node.port()),
                new DatagramKey(keyOf(Envelope.MASTER, node.number())));
        requests.add(() -> {
            if (nodes.put(node.number(), correspondent) == null) {
                health.track(node.number(), known, published, groups, nowMillis());
            }
        });
        selector.wakeup();
    }

    void forget(int number) {
        requests.add(() -> {
            nodes.remove(number);
            health.forget(number);
        });
        selector.wakeup();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        try (channel;
                selector) {
            while (!closed) {
                selector.select(Math.max(1, nextTickMillis - nowMillis()));
                selector.selectedKeys().clear();
                turn();
            }
        } catch (IOException e) {
            LOG.error("the health protocol ends: leases alone tell how nodes are", e);
        }
    }

    /** What one turn throws must not end the others: without them no dead node would be found. */
    private void turn() {
        try {
            for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
                request.run();
            }
            receive();
            if (nowMillis() >= nextTickMillis) {
                nextTickMillis = nowMillis() + Timing.TICK_MILLIS;
                handle(health.tick(nowMillis()));
            }
        } catch (RuntimeException e) {
            LOG.error("a turn of the health protocol failed", e);
        }
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
                LOG.debug("heartbeats: {}", e.toString());
                return;
            }
            Datagrams.decode(buffer.array(), buffer.position(), Envelope.MASTER, this::key)
                    .ifPresent(envelope -> handle(health.receive(envelope, nowMillis())));
        }
    }

    private @Nullable DatagramKey key(int node) {
        Correspondent correspondent = nodes.get(node);
        return correspondent == null ? null : correspondent.key();
    }

    private void handle(List<HealthOutput> todo) {
        for (HealthOutput output : todo) {
            if (output instanceof HealthOutput.Send(Envelope envelope)) {
                send(envelope);
            } else {
                outputs.accept(output);
            }
        }
    }

    /** A datagram that cannot be sent is a lost one. */
    private void send(Envelope envelope) {
        Correspondent to = nodes.get(envelope.to());
        if (to == null) {
            return;
        }
        try {
            channel.send(ByteBuffer.wrap(Datagrams.encode(envelope, to.key())), to.address());
        } catch (IOException e) {
            LOG.debug("to={} not sent: {}", to.address(), e.toString());
        }
    }

    static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
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
