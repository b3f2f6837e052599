// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.statemesh.kube.embedded.status.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and runs each request on a virtual thread. */
public final class HttpServer implements AutoCloseable {
    /** Bytes that may wait in one connection before its writer must pause. */
    static final int WRITE_HIGH_WATER_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final MultiThreadIoEventLoopGroup loops;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore admitted = new Semaphore(HttpLimits.MAX_IN_FLIGHT + HttpLimits.MAX_WAITING);
    private final Semaphore inFlight = new Semaphore(HttpLimits.MAX_IN_FLIGHT);
    private final BodyBudget bodies = new BodyBudget(HttpLimits.MAX_BODY_BYTES_HELD);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final ConnectionsByAddress addresses = new ConnectionsByAddress(HttpLimits.MAX_CONNECTIONS_PER_ADDRESS);
    private final List<Channel> listeners = new ArrayList<>();
    private final RequestService service;
    private final SslContext tls;

    public HttpServer(SslContext tls, RequestService service) {
        this.tls = tls;
        this.service = service;
        this.loops = new MultiThreadIoEventLoopGroup(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8), NioIoHandler.newFactory());
    }

    /** Starts listening; throws when the address is taken. */
    public void listen(InetSocketAddress address) throws InterruptedException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WRITE_HIGH_WATER_BYTES / 2, WRITE_HIGH_WATER_BYTES))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        listeners.add(bootstrap.bind(address).sync().channel());
    }

    /** Port of the first address. */
    public int port() {
        return ((InetSocketAddress) listeners.getFirst().localAddress()).getPort();
    }

    /** Event loops, for outgoing connections of the same server. */
    public MultiThreadIoEventLoopGroup loops() {
        return loops;
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        requests.shutdownNow();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    void dispatch(ApiRequest request, BodyBudget.Share body, Exchange exchange) {
        if (!admitted.tryAcquire()) {
            body.close();
            exchange.json(
                    429,
                    ApiException.of(
                                    429,
                                    "TooManyRequests",
                                    "too many requests are waiting (" + HttpLimits.MAX_WAITING
                                            + "), please try again later")
                            .status());
            return;
        }
        requests.execute(() -> {
            try (body) {
                inFlight.acquire();
                try {
                    service.serve(request, exchange);
                } finally {
                    inFlight.release();
                }
            } catch (InterruptedException e) {
                LOG.debug("{} {} was waiting when the server stopped", request.method(), request.path());
            } finally {
                admitted.release();
            }
        });
    }

    void identify(ApiRequest head) {
        service.identify(head);
    }

    BodyBudget bodies() {
        return bodies;
    }

    /** Client certificates shown on a connection, leaf first. */
    static List<X509Certificate> peer(Channel connection) {
        SslHandler handler = connection.pipeline().get(SslHandler.class);
        if (handler == null) {
            return List.of();
        }
        try {
            Certificate[] chain = handler.engine().getSession().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static void endUnlessKnown(Channel channel) {
        if (!Boolean.TRUE.equals(channel.attr(ExchangeHandler.KNOWN).get())) {
            var _ = channel.close();
        }
    }

    private void accept(Channel channel) {
        if (connections.size() >= HttpLimits.MAX_CONNECTIONS) {
            LOG.warn("connection refused: {} are open", HttpLimits.MAX_CONNECTIONS);
            var _ = channel.close();
            return;
        }
        if (!addresses.enter(channel)) {
            LOG.warn("connection refused: too many from {}", channel.remoteAddress());
            var _ = channel.close();
            return;
        }
        connections.add(channel);
        var _ = channel.eventLoop()
                .schedule(() -> endUnlessKnown(channel), HttpLimits.UNKNOWN_CLIENT_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addLast(tls.newHandler(channel.alloc())).addLast(new ProtocolChoice(this));
    }
}
