// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import net.statemesh.ingress.http1.FieldName;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC call: frames pass between the client's stream and a stream to the replica, trailers and all. Calls are recognised by
 * {@code content-type: application/grpc}; gRPC has no other way than HTTP/2, so the replica is spoken to in HTTP/2 too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends in channelInactive, where it is dealt with
final class GrpcRelay {
    private static final String GRPC = "application/grpc";
    private static final String GRPC_WEB = "application/grpc-web";
    private static final String UNAVAILABLE = "14";
    private static final int MAX_WAITING_FRAMES = 64;
    private static final int MAX_REPLICAS_TRIED = 3;
    private static final int OK_STATUS = 200;
    private static final int BAD_GATEWAY_STATUS = 502;
    /** What nginx made the custom for a client that went away. */
    private static final int CANCELLED_STATUS = 499;

    private final RouterLoop loop;
    private final Swept front;
    private final String requestId;
    private final long startNanos = System.nanoTime();
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private final @Nullable BackPool[] tried = new BackPool[MAX_REPLICAS_TRIED];
    private @Nullable Channel back;
    private @Nullable BackPool pool;
    private @Nullable PathRoute route;
    private final int beganTick;
    private int triedCount;
    private boolean worthAnotherRound;
    private String call = "-";
    private String host = "-";
    private byte[] clientAddress = new byte[0];
    private long sentBytes;
    private int quietSinceTick;
    private boolean answered;
    private boolean over;

    /** @param front the client's stream */
    GrpcRelay(RouterLoop loop, Swept front) {
        this.loop = loop;
        this.front = front;
        this.requestId = loop.requestIds().next();
        this.quietSinceTick = loop.tick();
        this.beganTick = quietSinceTick;
    }

    static boolean isGrpc(Http2Headers headers) {
        CharSequence type = headers.get("content-type");
        return type != null
                && type.toString().startsWith(GRPC)
                && !type.toString().startsWith(GRPC_WEB);
    }

    /** Starts a call. */
    void begin(PathRoute path, Http2Headers headers, boolean endOfStream, ClientConnection client) {
        route = path;
        call = String.valueOf(headers.path());
        host = String.valueOf(headers.authority());
        clientAddress = client.address();
        waiting.add(new DefaultHttp2HeadersFrame(forwarded(headers, client.headers()), endOfStream));
        next(path);
    }

    /** A replica that does not accept the connection has not seen the call: the next one is tried, as for {@link Exchange}. */
    private void next(PathRoute path) {
        BackPool chosen = choose(path);
        if (chosen == null
                && worthAnotherRound
                && loop.tick() - beganTick < loop.limits().reachSeconds()) {
            worthAnotherRound = false;
            triedCount = 0;
            chosen = choose(path);
        }
        if (chosen == null) {
            refuse(triedCount == 0 ? Failure.NO_READY_REPLICA : Failure.NOBODY_LISTENS.with(path.port()));
            return;
        }
        connect(chosen, path);
    }

    private @Nullable BackPool choose(PathRoute path) {
        return triedCount == tried.length ? null : Balancer.choose(loop, path, tried, triedCount);
    }

    private void connect(BackPool chosen, PathRoute path) {
        pool = chosen;
        chosen.requestStarted();
        chosen.h2c().open(new BackStream()).addListener((Future<Http2StreamChannel> opened) -> {
            if (over) {
                if (opened.isSuccess()) {
                    opened.getNow().close();
                }
            } else if (opened.isSuccess()) {
                start(opened.getNow());
            } else {
                loop.metrics().connectFailures++;
                worthAnotherRound |= opened.cause() instanceof ConnectTimeoutException;
                chosen.markDown();
                leavePool();
                tried[triedCount++] = chosen;
                retry(path);
            }
        });
    }

    /** By the routes of this moment: replicas may have come and gone since the call began. */
    private void retry(PathRoute before) {
        PathRoute current = loop.routes().table().current(before);
        if (current == null) {
            refuse(Failure.NO_READY_REPLICA);
        } else {
            route = current;
            next(current);
        }
    }

    private void start(Channel stream) {
        back = stream;
        while (!waiting.isEmpty()) {
            stream.write(waiting.poll());
        }
        stream.flush();
        readRequest(stream.isWritable());
    }

    private Http2Headers forwarded(Http2Headers headers, byte[] clientHeaders) {
        Http2Headers copy = new DefaultHttp2Headers(false);
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            String name = header.getKey().toString();
            boolean ours = !name.startsWith(":") && ForwardedHead.isForgery(FieldName.named(name));
            if (!ours) {
                copy.add(header.getKey(), header.getValue());
            }
        }
        copy.scheme("http");
        new String(clientHeaders, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
            int colon = line.indexOf(':');
            copy.add(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        });
        return copy.add("x-forwarded-host", host).add("x-request-id", requestId);
    }

    /** A frame from the client; takes it over. */
    void request(Object frame) {
        quietSinceTick = loop.tick();
        Channel stream = back;
        if (over) {
            ReferenceCountUtil.release(frame);
        } else if (stream != null) {
            stream.writeAndFlush(forOtherStream(frame));
            readRequest(stream.isWritable());
        } else if (waiting.size() < MAX_WAITING_FRAMES) {
            waiting.add(forOtherStream(frame));
            readRequest(false);
        } else {
            ReferenceCountUtil.release(frame);
            stop(Http2Error.ENHANCE_YOUR_CALM);
        }
    }

    /** The same frame without the stream it came from. */
    private static Object forOtherStream(Object frame) {
        return frame instanceof Http2DataFrame data
                ? new DefaultHttp2DataFrame(data.content(), data.isEndStream())
                : new DefaultHttp2HeadersFrame(
                        ((Http2HeadersFrame) frame).headers(), ((Http2HeadersFrame) frame).isEndStream());
    }

    private void readRequest(boolean wanted) {
        front.context().channel().config().setAutoRead(wanted);
    }

    /** The client takes more of the answer, or not for now. */
    void frontWritable(boolean writable) {
        if (back != null) {
            back.config().setAutoRead(writable);
        }
    }

    /** The client is gone. */
    void cancel() {
        if (!over) {
            end(CANCELLED_STATUS);
            if (back != null) {
                back.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
            }
        }
    }

    private void stop(Http2Error error) {
        cancel();
        front.writeAndFlush(new DefaultHttp2ResetFrame(error));
    }

    /** Looks at the deadlines. */
    void sweep(int tick) {
        boolean quiet = tick - quietSinceTick >= loop.limits().tunnelIdleSeconds();
        if (!over && (quiet || (pool != null && pool.isDrainOver(tick)))) {
            stop(Http2Error.CANCEL);
        }
    }

    private void end(int status) {
        over = true;
        while (!waiting.isEmpty()) {
            ReferenceCountUtil.release(waiting.poll());
        }
        String replica = pool == null ? "-" : pool.endpoint().replica();
        leavePool();
        long micros = (System.nanoTime() - startNanos) / 1000;
        loop.metrics().response(status, micros, sentBytes);
        AccessLogBuffer log = loop.accessLog();
        if (log.isOn()) {
            log.begin();
            log.text("id=", requestId);
            log.bytes(" client=", clientAddress);
            log.text(" protocol=", "grpc");
            log.text(" host=", host);
            log.text(" path=", call);
            log.number(" status=", status);
            log.number(" sentBytes=", sentBytes);
            log.number(" durationMicros=", micros);
            log.text(" application=", route == null ? "-" : route.project() + "/" + route.application());
            log.text(" replica=", replica);
            log.end();
        }
    }

    private void leavePool() {
        if (pool != null) {
            pool.requestEnded();
            pool = null;
        }
    }

    /** Answers as gRPC wants it: the status in trailers, and nothing else. */
    private void refuse(Failure failure) {
        if (!over) {
            end(failure.status());
            Http2Headers trailers = new DefaultHttp2Headers(false)
                    .status("200")
                    .add("content-type", GRPC)
                    .add("grpc-status", UNAVAILABLE)
                    .add("grpc-message", failure.code() + " " + failure.sentence());
            front.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
        }
    }

    private final class BackStream extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object frame) {
            if (over || !(frame instanceof Http2HeadersFrame || frame instanceof Http2DataFrame)) {
                ReferenceCountUtil.release(frame);
                return;
            }
            answered = true;
            boolean last = frame instanceof Http2HeadersFrame headers
                    ? headers.isEndStream()
                    : ((Http2DataFrame) frame).isEndStream();
            quietSinceTick = loop.tick();
            sentBytes += frame instanceof Http2DataFrame data ? data.content().readableBytes() : 0;
            front.write(forOtherStream(frame));
            if (last) {
                front.flushChannel();
                end(OK_STATUS);
            } else if (!front.context().channel().isWritable()) {
                ctx.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            front.flushChannel();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (!over) {
                readRequest(ctx.channel().isWritable());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset && !over) {
                end(BAD_GATEWAY_STATUS);
                front.writeAndFlush(new DefaultHttp2ResetFrame(reset.errorCode()));
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!over && answered) {
                end(BAD_GATEWAY_STATUS);
                front.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
            } else {
                refuse(Failure.CLOSED_WITHOUT_ANSWER);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
