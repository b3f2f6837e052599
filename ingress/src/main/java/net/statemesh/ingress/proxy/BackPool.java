// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import net.statemesh.ingress.proxy.ReplicaStates.ReplicaState;
import net.statemesh.ingress.route.Endpoint;
import org.jspecify.annotations.Nullable;

/** One event loop's connections to one replica, and what it has learnt about it. */
final class BackPool {
    private static final int MAX_WAITING = 1024;

    private final RouterLoop loop;
    private final Endpoint endpoint;
    private final InetSocketAddress address;
    // last in, first out: the rest grows old and is closed
    private final ArrayDeque<Http1Back> idle = new ArrayDeque<>();
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>(0);
    private @Nullable H2cPool h2c;
    private int pendingConnects;
    private ReplicaState state;
    private int inFlight;
    private int endedTick = Integer.MAX_VALUE;

    BackPool(RouterLoop loop, Endpoint endpoint) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.address = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
        this.state = loop.replicas().of(endpoint);
    }

    /** The connection used last, or null. */
    @Nullable
    Http1Back takeIdle() {
        return idle.pollFirst();
    }

    /** The connection used last when that was at most a second ago: then it is hardly closed at the other end. */
    @Nullable
    Http1Back takeFresh(int tick) {
        Http1Back newest = idle.peekFirst();
        return newest != null && newest.idleSinceTick() >= tick - 1 ? idle.pollFirst() : null;
    }

    /** Keeps a connection for reuse; false when it should be closed. */
    boolean keep(Http1Back back) {
        if (hasEnded() || loop.isStopping() || idle.size() >= loop.limits().maxIdlePerReplica()) {
            return false;
        }
        idle.addFirst(back);
        return true;
    }

    void forget(Http1Back back) {
        idle.remove(back);
    }

    /** Opens a connection for an exchange, or lets it wait for its turn; false when too many wait. */
    boolean connect(Exchange exchange) {
        if (pendingConnects < loop.limits().maxPendingConnects()) {
            open(exchange);
            return true;
        }
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        waiting.addLast(exchange);
        return true;
    }

    private void open(Exchange exchange) {
        pendingConnects++;
        Http1Back back = new Http1Back(loop, this);
        Bootstrap bootstrap = loop.backBootstrap().handler(back);
        ChannelFuture connecting = bootstrap.connect(address);
        connecting.addListener(done -> {
            pendingConnects--;
            if (done.isSuccess()) {
                state.markUp();
                exchange.connected(back);
            } else {
                markDown();
                exchange.connectFailed(this, done.cause());
            }
            serveWaiting();
        });
    }

    /** Gives connections that are free, or may be opened, to those who wait, first come, first served. */
    void serveWaiting() {
        while (!waiting.isEmpty()) {
            boolean stillWaits = waiting.getFirst().waitsFor(this);
            Http1Back free = stillWaits ? takeIdle() : null;
            if (stillWaits && free == null && pendingConnects >= loop.limits().maxPendingConnects()) {
                return;
            }
            Exchange first = waiting.removeFirst();
            if (free != null) {
                first.connected(free);
            } else if (stillWaits) {
                open(first);
            }
        }
    }

    void markDown() {
        state.markDown(loop.tick());
    }

    /** A request got no answer: others come first for a while, and connections that may hang like that one are not used again. */
    void unresponsive() {
        state.markUnresponsive(loop.tick());
        closeIdle();
    }

    /** Connections of HTTP/2, for gRPC. */
    H2cPool h2c() {
        if (h2c == null) {
            h2c = new H2cPool(loop, address);
        }
        return h2c;
    }

    /** Whether connecting failed a moment ago: others are tried first. */
    boolean isDown() {
        return state.isDown(loop.tick());
    }

    /** The replica has ended: nothing new, what is in flight may finish within a limit. */
    void end() {
        endedTick = loop.tick();
        loop.replicas().forget(endpoint, state);
        closeIdle();
        if (h2c != null) {
            h2c.close();
            h2c = null;
        }
    }

    /** The routes name the replica again: it had not ended. */
    void revive() {
        endedTick = Integer.MAX_VALUE;
        ReplicaState current = loop.replicas().of(endpoint);
        if (!current.equals(state)) {
            state.addInFlight(-inFlight);
            current.addInFlight(inFlight);
            state = current;
        }
    }

    void closeIdle() {
        for (Http1Back back = idle.pollFirst(); back != null; back = idle.pollFirst()) {
            back.close();
        }
    }

    boolean hasEnded() {
        return endedTick != Integer.MAX_VALUE;
    }

    /** Whether requests in flight have had their time after the replica's end. */
    boolean isDrainOver(int tick) {
        return hasEnded() && tick - endedTick >= loop.limits().drainSeconds();
    }

    boolean isUnused() {
        return inFlight == 0 && pendingConnects == 0 && idle.isEmpty();
    }

    void requestStarted() {
        inFlight++;
        state.addInFlight(1);
    }

    void requestEnded() {
        inFlight--;
        state.addInFlight(-1);
    }

    /** Requests that the replica has of all event loops. */
    int inFlightEverywhere() {
        return state.inFlight();
    }

    Endpoint endpoint() {
        return endpoint;
    }
}
