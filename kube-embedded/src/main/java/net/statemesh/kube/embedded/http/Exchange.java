// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.ApiException;

/** Answers one request: either one whole response or the head of a stream. Safe from any thread. */
public final class Exchange {
    /** A client of a watch has nothing to send but pings and its goodbye. */
    private static final int MAX_FRAME_BYTES = 64 << 10;

    private final Channel channel;
    private final Channel connection;
    private final boolean keepAlive;
    private final List<String> warnings = new ArrayList<>();

    Exchange(Channel channel, Channel connection, boolean keepAlive) {
        this.channel = channel;
        this.connection = connection;
        this.keepAlive = keepAlive;
    }

    /** Says that the caller's credentials were accepted: the connection may stay. */
    public void clientIsKnown() {
        connection.attr(ExchangeHandler.KNOWN).set(true);
    }

    /** Adds a {@code Warning} header (RFC 7234, code 299) to the answer. */
    public void warn(String text) {
        warnings.add("299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    public void json(int status, JsonNode body) {
        send(status, "application/json", Json.bytes(body));
    }

    public void text(int status, String body) {
        send(status, "text/plain; charset=utf-8", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public void send(int status, String contentType, byte[] body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        head(response, contentType);
        HttpUtil.setContentLength(response, body.length);
        finish(response);
    }

    /** Sends a head whose body follows piece by piece through the channel. */
    public Stream stream(int status, String contentType) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        head(response, contentType);
        HttpUtil.setTransferEncodingChunked(response, true);
        HttpUtil.setKeepAlive(response, keepAlive);
        var _ = channel.writeAndFlush(response);
        return new Stream(channel, keepAlive);
    }

    /**
     * Answers a WebSocket handshake (RFC 6455); every piece of the stream is then one text frame. Only for HTTP/1.1.
     *
     * @param request the request that asks for it
     */
    public Stream webSocket(ApiRequest request) {
        var upgrade = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.target(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        request.target(), null, false, MAX_FRAME_BYTES)
                .newHandshaker(upgrade);
        if (handshaker == null) {
            throw ApiException.badRequest(
                    "WebSocket version " + request.header("Sec-WebSocket-Version") + " is not supported; accepted: 13");
        }
        // what is written before the handshake is on its way would not be framed: until then the channel takes nothing
        writable(false);
        channel.eventLoop().execute(() -> {
            channel.pipeline().remove(ExchangeHandler.class);
            handshaker.handshake(channel, upgrade).addListener(done -> {
                channel.pipeline().addLast(new WebSocketStream());
                writable(true);
            });
        });
        return new Stream(channel, false);
    }

    /**
     * Ends HTTP on this connection: from here on its raw bytes belong to the caller. Only for HTTP/1.1, on the event loop, before
     * anything was answered.
     */
    public Channel takeOver() {
        var pipeline = channel.pipeline();
        pipeline.remove(ExchangeHandler.class);
        pipeline.remove(IdleStateHandler.class);
        pipeline.remove(HttpServerCodec.class);
        return channel;
    }

    /** The connection (HTTP/1.1) or stream (HTTP/2) of this request. */
    public Channel channel() {
        return channel;
    }

    private void writable(boolean value) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer != null) {
            buffer.setUserDefinedWritability(1, value);
        }
    }

    private void head(HttpResponse response, String contentType) {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
        warnings.forEach(warning -> response.headers().add("Warning", warning));
        if (response.status().code() == 429) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
    }

    private void hangUp() {
        var _ = channel.close();
    }

    private void finish(DefaultFullHttpResponse response) {
        HttpUtil.setKeepAlive(response, keepAlive);
        var sent = channel.writeAndFlush(response);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
        if (response.content().readableBytes() > HttpServer.WRITE_HIGH_WATER_BYTES) {
            // what a client does not read stays in memory: not for ever
            var deadline =
                    channel.eventLoop().schedule(this::hangUp, HttpLimits.REQUEST_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            sent.addListener(done -> deadline.cancel(false));
        }
    }
}
