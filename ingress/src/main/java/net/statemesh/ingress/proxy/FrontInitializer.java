// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import net.statemesh.ingress.tls.SniContexts;

/** Prepares the connections of one listener. */
public final class FrontInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, RouterLoop> loops;
    private final ConnectionLimits connectionLimits;
    private final Protocol protocol;

    /** Adds to an accepted connection what speaks with its client. */
    private interface Protocol {
        void begin(Channel channel, RouterLoop loop, InetSocketAddress client, int localPort);
    }

    private FrontInitializer(Map<EventLoop, RouterLoop> loops, ConnectionLimits connectionLimits, Protocol protocol) {
        this.loops = loops;
        this.connectionLimits = connectionLimits;
        this.protocol = protocol;
    }

    public static FrontInitializer https(
            Map<EventLoop, RouterLoop> loops, ConnectionLimits limits, SniContexts contexts, Executor handshakes) {
        return new FrontInitializer(
                loops,
                limits,
                (channel, loop, client, port) -> channel.pipeline()
                        .addLast(HttpsFront.sniHandler(contexts, handshakes))
                        .addLast(new HttpsFront(loop, new ClientConnection(client, true, port))));
    }

    /** Redirects to HTTPS. */
    public static FrontInitializer redirecting(Map<EventLoop, RouterLoop> loops, ConnectionLimits limits) {
        return new FrontInitializer(
                loops,
                limits,
                (channel, loop, client, port) -> channel.pipeline().addLast(new RedirectFront(loop)));
    }

    /** Answers over HTTP/1 without TLS. */
    public static FrontInitializer plain(Map<EventLoop, RouterLoop> loops, ConnectionLimits limits) {
        return new FrontInitializer(
                loops,
                limits,
                (channel, loop, client, port) ->
                        channel.pipeline().addLast(new Http1Front(loop, new ClientConnection(client, false, port))));
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
        protocol.begin(channel, loop, client, local.getPort());
    }
}
