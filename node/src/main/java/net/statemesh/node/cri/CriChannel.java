// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The gRPC channel to a containerd socket together with the event loop it runs on. */
public final class CriChannel implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final long CLOSE_MILLIS = 2_000;

    private final EventLoopGroup eventLoop;
    private final ManagedChannel channel;

    private CriChannel(EventLoopGroup eventLoop, ManagedChannel channel) {
        this.eventLoop = eventLoop;
        this.channel = channel;
    }

    /** Does not connect yet: the first call does, and later calls connect again after containerd was restarted. */
    public static CriChannel open(Path socket) {
        Executor callbacks = command -> Thread.ofVirtual().name("cri-callback").start(command);
        EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().daemon().name("cri").factory(), EpollIoHandler.newFactory());
        ManagedChannel channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(eventLoop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .executor(callbacks)
                .build();
        return new CriChannel(eventLoop, channel);
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Connects at once instead of waiting for the back-off to end. */
    public void connectNow() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        try {
            channel.shutdownNow();
            channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            eventLoop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
        }
    }
}
