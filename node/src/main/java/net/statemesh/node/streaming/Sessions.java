// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.streaming;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Joins an upgraded connection of a client with the runtime's streaming server: bytes go through as they are. */
public final class Sessions {
    private static final int MAX_SESSIONS = 64;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int IDLE_SECONDS = 4 * 3_600;
    private static final String IDLE = "idle";

    private final Semaphore free = new Semaphore(MAX_SESSIONS);

    /**
     * Connects to {@code url} and passes the request on; from then on the connection belongs to the session. False when there are
     * too many sessions already.
     *
     * @param client the handler that received the request; everything behind the HTTP codec gives way
     * @param headers of the client's request, Upgrade among them
     */
    public boolean join(
            ChannelHandlerContext client, String method, String url, List<Map.Entry<String, String>> headers)
            throws IOException {
        if (!free.tryAcquire()) {
            return false;
        }
        Channel front = client.channel();
        front.closeFuture().addListener(_ -> free.release());
        URI target = URI.create(url);
        ChannelFuture connected = new Bootstrap()
                .group(front.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new Splice(front))
                .connect(new InetSocketAddress(target.getHost(), target.getPort()))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new IOException("the runtime's streaming server does not answer", connected.cause());
        }
        Channel back = connected.channel();
        ByteBuf head = Unpooled.copiedBuffer(head(method, target, headers), StandardCharsets.ISO_8859_1);
        front.eventLoop().execute(() -> {
            switchToRaw(client, front, back);
            back.writeAndFlush(head).addListener(_ -> {
                back.read();
                front.read();
            });
        });
        return true;
    }

    private static void switchToRaw(ChannelHandlerContext client, Channel front, Channel back) {
        front.config().setAutoRead(false);
        ChannelPipeline pipeline = front.pipeline();
        pipeline.addLast("splice", new Splice(back));
        pipeline.replace(IDLE, IDLE, new IdleStateHandler(0, 0, IDLE_SECONDS));
        pipeline.remove(client.handler());
        pipeline.remove(HttpServerCodec.class);
    }

    private static String head(String method, URI target, List<Map.Entry<String, String>> headers) {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder head = new StringBuilder()
                .append(method)
                .append(' ')
                .append(target.getRawPath())
                .append(query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getAuthority())
                .append("\r\n");
        headers.stream()
                .filter(h -> !h.getKey().equalsIgnoreCase("Host") && !h.getKey().equalsIgnoreCase("Authorization"))
                .forEach(h -> head.append(h.getKey())
                        .append(": ")
                        .append(h.getValue())
                        .append("\r\n"));
        return head.append("\r\n").toString();
    }
}
