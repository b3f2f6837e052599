// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.statemesh.daemon.DatagramLoop;
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

/** A {@link ZoneHealth} and its socket. Whatever is not a message goes to a consumer that must not block. */
final class HealthLoop implements AutoCloseable, DatagramLoop.Protocol {
    /** Datagrams taken between two looks at the clock. */
    private static final int BATCH = 512;

    /** Holds what 1,000 nodes send while this process does not run for a second. */
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    private record Correspondent(InetSocketAddress address, DatagramKey key) {}

    private final DatagramLoop loop;
    private final DatagramKey zoneKey;
    private final ZoneHealth health;
    private final Consumer<HealthOutput> outputs;
    private final Map<Integer, Correspondent> nodes = new HashMap<>();
    private long nextTickMillis = nowMillis();

    /** @param master number of this master */
    HealthLoop(InetSocketAddress listen, DatagramKey zoneKey, long master, Consumer<HealthOutput> outputs) {
        this.zoneKey = zoneKey;
        this.outputs = outputs;
        this.health = new ZoneHealth(master, nowMillis());
        this.loop = new DatagramLoop(
                new DatagramLoop.Settings("health", listen, SOCKET_BUFFER_BYTES, BATCH, 2 * Datagrams.MAX_BYTES), this);
    }

    /** To be called once all nodes that are known have been tracked. */
    void start() {
        loop.start();
    }

    InetSocketAddress address() {
        return loop.address();
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
        loop.ask(() -> {
            if (nodes.put(node.number(), correspondent) == null) {
                health.track(node.number(), known, published, groups, nowMillis());
            }
        });
    }

    void forget(int number) {
        loop.ask(() -> {
            nodes.remove(number);
            health.forget(number);
        });
    }

    boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public long waitMillis() {
        return Math.max(1, nextTickMillis - nowMillis());
    }

    @Override
    public void tick() {
        if (nowMillis() >= nextTickMillis) {
            nextTickMillis = nowMillis() + Timing.TICK_MILLIS;
            handle(health.tick(nowMillis()));
        }
    }

    @Override
    public void received(byte[] buffer, int lengthBytes) {
        Datagrams.decode(buffer, lengthBytes, Envelope.MASTER, this::key)
                .ifPresent(envelope -> handle(health.receive(envelope, nowMillis())));
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

    private void send(Envelope envelope) {
        Correspondent to = nodes.get(envelope.to());
        if (to != null) {
            loop.send(to.address(), Datagrams.encode(envelope, to.key()));
        }
    }

    static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void close() {
        loop.close();
    }
}
