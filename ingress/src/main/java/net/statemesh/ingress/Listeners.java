// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.ingress.proxy.FrontInitializer;

/** The open listening sockets. */
final class Listeners {
    private static final int BACKLOG = 4096;

    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> type;
    private final List<Channel> open = new ArrayList<>();

    Listeners(EventLoopGroup group, Class<? extends ServerChannel> type) {
        this.group = group;
        this.type = type;
    }

    /** Listens; {@code SM-INGRESS-002} names who has the port when it is taken. */
    InetSocketAddress open(InetSocketAddress address, FrontInitializer initializer) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw failure(address, bound.cause());
        }
        open.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private static StateMeshException failure(InetSocketAddress address, Throwable cause) {
        int port = address.getPort();
        boolean taken = String.valueOf(cause.getMessage()).contains("in use");
        if (!taken) {
            return new StateMeshException(
                    IngressErrors.NO_LISTENER,
                    "the router cannot listen on port %d of %s"
                            .formatted(port, address.getAddress().getHostAddress()),
                    List.of(String.valueOf(cause.getMessage())),
                    List.of("check that the address belongs to this machine and that the port may be used"),
                    cause);
        }
        String holder = PortHolder.find(port).orElse("another process");
        return new StateMeshException(
                IngressErrors.PORT_TAKEN,
                "port %d is taken by %s".formatted(port, holder),
                List.of(String.valueOf(cause.getMessage())),
                List.of("stop that process, or choose another port (statemesh up --https-port, --http-port)"),
                cause);
    }

    void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
    }
}
