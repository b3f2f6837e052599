// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.statemesh.bench.Figures;

/** {@value #COUNT} connections of clients from many addresses that each got one answer and then say nothing. */
final class IdleConnections implements AutoCloseable {
    private static final int COUNT = 10_000;
    private static final int CLIENT_ADDRESSES = 20;
    private static final int OPENED_AT_ONCE = 64;
    private static final int OPENED_WITHIN_SECONDS = 60;
    private static final double BYTES_PER_KIBIBYTE = 1024;
    /** Of the answer, so that everything of it has been sent. */
    private static final int BODY_BYTES = 1024;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> open = new ArrayList<>();
    private final Semaphore opening = new Semaphore(OPENED_AT_ONCE);
    private final String request;

    private IdleConnections(String host) {
        request = "GET " + Site.PATH + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    /** Prints resident memory per connection of one proxy. */
    static void measure(ProxyProcess proxy, boolean tls, String host, Figures out)
            throws IOException, InterruptedException {
        try (IdleConnections connections = new IdleConnections(host)) {
            long before = proxy.residentBytes();
            connections.openAll(proxy, tls);
            double bytes = (double) (proxy.residentBytes() - before) / COUNT;
            out.figure(
                    "router-idle-" + (tls ? "tls" : "plain") + proxy.suffix(),
                    bytes / BYTES_PER_KIBIBYTE,
                    "KiB/connection");
        }
    }

    private void openAll(ProxyProcess proxy, boolean tls) throws IOException, InterruptedException {
        SslContext client = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        int port = tls ? proxy.tlsPort() : proxy.plainPort();
        for (int i = 0; i < COUNT; i++) {
            require(opening.tryAcquire(OPENED_WITHIN_SECONDS, TimeUnit.SECONDS));
            InetSocketAddress from =
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.2." + (1 + i % CLIENT_ADDRESSES)), 0);
            open.add(new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            if (tls) {
                                channel.pipeline().addLast(client.newHandler(channel.alloc()));
                            }
                            channel.pipeline().addLast(new OneAnswer());
                        }
                    })
                    .connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), from)
                    .syncUninterruptibly()
                    .channel());
        }
        require(opening.tryAcquire(OPENED_AT_ONCE, OPENED_WITHIN_SECONDS, TimeUnit.SECONDS));
        require(open.stream().allMatch(Channel::isActive));
    }

    private static void require(boolean opened) throws IOException {
        if (!opened) {
            throw new IOException("not all of " + COUNT + " connections were answered and stayed open");
        }
    }

    /** Asks once and gives its place to the next connection when the whole answer is there. */
    private final class OneAnswer extends SimpleChannelInboundHandler<ByteBuf> {
        private int missing = BODY_BYTES;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var _ = context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf data) {
            boolean waits = missing > 0;
            missing -= data.readableBytes();
            if (waits && missing <= 0) {
                opening.release();
            }
        }
    }

    @Override
    public void close() {
        open.forEach(channel -> channel.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
