// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import net.statemesh.ingress.tls.SniContexts;
import org.jspecify.annotations.Nullable;

/** Prepares the connections of one listener. */
public final class FrontInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, RouterLoop> loops;
    private final ConnectionLimits connectionLimits;
    private final @Nullable SniContexts contexts;
    private final Executor handshakes;

    private FrontInitializer(
            Map<EventLoop, RouterLoop> loops,
            ConnectionLimits connectionLimits,
            @Nullable SniContexts contexts,
            Executor handshakes) {
        this.loops = loops;
        this.connectionLimits = connectionLimits;
        this.contexts = contexts;
        this.handshakes = handshakes;
    }

    public static FrontInitializer https(
            Map<EventLoop, RouterLoop> loops, ConnectionLimits limits, SniContexts contexts, Executor handshakes) {
        return new FrontInitializer(loops, limits, contexts, handshakes);
    }

    /** Redirects to HTTPS. */
    public static FrontInitializer http(Map<EventLoop, RouterLoop> loops, ConnectionLimits limits) {
        return new FrontInitializer(loops, limits, null, Runnable::run);
    }

    @Override
    protected void initChannel(Channel channel) {
        RouterLoop loop = java.util.Objects.requireNonNull(loops.get(channel.eventLoop()), "a loop of this router");
        InetSocketAddress client = (InetSocketAddress) channel.remoteAddress();
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        if (loop.isStopping() || !connectionLimits.enter(client.getAddress())) {
            loop.metrics().connectionsRefused++;
            channel.unsafe().closeForcibly();
            return;
        }
        loop.metrics().connectionsOpened++;
        loop.metrics().openConnections++;
        channel.closeFuture().addListener(closed -> {
            loop.metrics().openConnections--;
            connectionLimits.leave(client.getAddress());
        });
        if (contexts == null) {
            channel.pipeline().addLast(new RedirectFront(loop));
        } else {
            ClientConnection connection = new ClientConnection(client, true, local.getPort());
            channel.pipeline()
                    .addLast(HttpsFront.sniHandler(contexts, handshakes))
                    .addLast(new HttpsFront(loop, connection));
        }
    }
}
