// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the part of the kubelet API that StateMesh uses: {@code /healthz}, {@code /pods}, {@code /stats/summary}, {@code
 * /containerLogs}, {@code /exec}, {@code /attach} and {@code /portForward}.
 */
public final class KubeletServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletServer.class);
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_CHUNK_BYTES = 16 << 10;
    private static final int IDLE_SECONDS = 60;
    private static final int LOW_WATER_BYTES = 64 << 10;
    private static final int HIGH_WATER_BYTES = 256 << 10;
    private static final long CLOSE_MILLIS = 1_000;

    private final EventLoopGroup loop;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ServerTls tls;
    private final KubeletEndpoints endpoints;
    private final Channel listener;

    /**
     * Where to listen, and by which certificates.
     *
     * @param port 0: a free one
     * @param clientCa signs the API server's client certificate
     */
    public record Binding(String address, int port, Path certificate, Path key, Path clientCa) {}

    private KubeletServer(Binding binding, KubeletEndpoints endpoints) {
        this.tls = new ServerTls(binding.certificate(), binding.key(), binding.clientCa());
        this.endpoints = endpoints;
        tls.context();
        this.loop = new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().daemon().name("kubelet-api").factory(), EpollIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                .childHandler(new Connection())
                .bind(new InetSocketAddress(binding.address(), binding.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
            throw new StateMeshException(
                    NodeErrors.SERVER,
                    "the kubelet API cannot listen on " + binding.address() + ":" + binding.port() + ".",
                    List.of(String.valueOf(bound.cause())),
                    List.of("find out who has the port: ss -ltnp"),
                    bound.cause());
        }
        this.listener = bound.channel();
    }

    /** Listens; fails with a clear error when the port is taken or the certificate is of no use. */
    public static KubeletServer open(Binding binding, KubeletEndpoints endpoints) {
        return new KubeletServer(binding, endpoints);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_MILLIS);
        connections.close().awaitUninterruptibly(CLOSE_MILLIS);
        loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    private final class Connection extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (connections.size() >= MAX_CONNECTIONS) {
                channel.close().addListener(_ -> LOG.warn("connections={} refused=1", MAX_CONNECTIONS));
                return;
            }
            connections.add(channel);
            channel.pipeline()
                    .addLast("tls", tls.context().newHandler(channel.alloc()))
                    .addLast("idle", new IdleStateHandler(0, 0, IDLE_SECONDS))
                    .addLast("http", new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES))
                    .addLast("kubelet", new RequestHandler(endpoints));
        }
    }
}
