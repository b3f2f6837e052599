// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Collects one request at a time from a connection (HTTP/1.1) or a stream (HTTP/2), bounded, and hands it on. */
final class ExchangeHandler extends ChannelDuplexHandler {
    /** Set on connections whose client has shown accepted credentials. */
    static final AttributeKey<Boolean> KNOWN = AttributeKey.valueOf(ExchangeHandler.class, "known");

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final HttpServer server;
    private final boolean http2;
    private @Nullable HttpRequest head;
    private @Nullable Future<?> deadline;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private BodyBudget.Share held;
    private boolean refused;
    private long discardedBytes;
    private boolean busy;

    ExchangeHandler(HttpServer server, boolean http2) {
        this.server = server;
        this.http2 = http2;
        this.held = server.bodies().share();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content) {
                if (refused) {
                    discard(context, content);
                } else {
                    collect(context, content);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent) {
            busy = false;
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (!busy) {
            held.close();
        }
        endDeadline();
        super.channelInactive(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        Runnable waiting = context.channel().attr(Stream.WRITABLE).get();
        if (waiting != null && context.channel().isWritable()) {
            waiting.run();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent && !busy) {
            var _ = context.close();
            return;
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(
                    context,
                    ApiException.of(
                            431,
                            "RequestHeaderFieldsTooLarge",
                            "malformed request: "
                                    + request.decoderResult().cause().getMessage() + "; at most "
                                    + HttpLimits.MAX_HEADER_BYTES
                                    + " bytes of headers are accepted"));
            return;
        }
        if (busy) {
            // pipelined: the answer to the earlier request may still be a stream
            refused = true;
            var _ = context.close();
            return;
        }
        head = request;
        body = new ByteArrayOutputStream();
        held = server.bodies().share();
        if (HttpUtil.getContentLength(request, 0L) > HttpLimits.MAX_BODY_BYTES) {
            refuse(context, tooLarge());
            return;
        }
        if (!isKnown(context, request)) {
            return;
        }
        if (HttpUtil.is100ContinueExpected(request) && !http2) {
            var _ = context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        deadline =
                context.executor().schedule(() -> drop(context), HttpLimits.REQUEST_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Nobody's body is read before their credentials were: what anybody may have, comes without one. */
    private boolean isKnown(ChannelHandlerContext context, HttpRequest request) {
        if (BODILESS.contains(request.method())) {
            return true;
        }
        try {
            server.identify(request(context.channel(), request));
            clientOf(context.channel()).attr(KNOWN).set(true);
            return true;
        } catch (ApiException refusal) {
            refuse(context, refusal);
            return false;
        }
    }

    private Channel clientOf(Channel channel) {
        return http2 ? channel.parent() : channel;
    }

    private static void drop(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void collect(ChannelHandlerContext context, HttpContent content) {
        HttpRequest request = head;
        if (request == null) {
            return;
        }
        ByteBuf piece = content.content();
        if (body.size() + piece.readableBytes() > HttpLimits.MAX_BODY_BYTES) {
            refuse(context, tooLarge());
            return;
        }
        if (!held.take(piece.readableBytes())) {
            refuse(context, noRoom());
            return;
        }
        try {
            piece.readBytes(body, piece.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (content instanceof LastHttpContent) {
            head = null;
            busy = true;
            endDeadline();
            server.dispatch(
                    request(context.channel(), request),
                    held,
                    new Exchange(context.channel(), clientOf(context.channel()), HttpUtil.isKeepAlive(request)));
        }
    }

    private void endDeadline() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }

    private ApiRequest request(Channel channel, HttpRequest request) {
        QueryStringDecoder decoder = new QueryStringDecoder(request.uri());
        return new ApiRequest(
                request.method(),
                decoder.path(),
                request.uri(),
                Map.copyOf(decoder.parameters()),
                request.headers(),
                body.toByteArray(),
                HttpServer.peer(clientOf(channel)),
                http2);
    }

    /** Answers before the body was read; the rest of it is thrown away, so that the client gets to read the answer. */
    private void refuse(ChannelHandlerContext context, ApiException why) {
        refused = true;
        head = null;
        held.close();
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(why.code()),
                Unpooled.wrappedBuffer(Json.bytes(why.status())));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        HttpUtil.setContentLength(response, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, false);
        var _ = context.writeAndFlush(response);
        deadline = context.executor().schedule(() -> giveUp(context), HttpLimits.REFUSED_SECONDS, TimeUnit.SECONDS);
    }

    private void discard(ChannelHandlerContext context, HttpContent content) {
        discardedBytes += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        if (last) {
            endDeadline();
        }
        if (last ? !http2 : discardedBytes > HttpLimits.MAX_BODY_BYTES) {
            giveUp(context);
        }
    }

    private void giveUp(ChannelHandlerContext context) {
        if (http2) {
            // RFC 9113, 8.1: the answer is complete, the rest of the request is not wanted
            var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        } else {
            var _ = context.close();
        }
    }

    private static ApiException noRoom() {
        return ApiException.of(
                429,
                "TooManyRequests",
                "the bodies of the requests being served take up " + HttpLimits.MAX_BODY_BYTES_HELD
                        + " bytes, please try again later");
    }

    private static ApiException tooLarge() {
        return ApiException.of(
                413,
                "RequestEntityTooLarge",
                "Request entity too large: limit is " + HttpLimits.MAX_BODY_BYTES + " bytes");
    }
}
