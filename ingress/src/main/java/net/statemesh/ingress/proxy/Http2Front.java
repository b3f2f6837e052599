// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import net.statemesh.ingress.http1.Ascii;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.MessageHead;
import net.statemesh.ingress.http1.Refusal;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.http1.ResponseHead;
import net.statemesh.ingress.route.HostRoutes;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/** One request over HTTP/2, passed on as HTTP/1.1, or frame by frame when it is a gRPC call. */
final class Http2Front extends Swept implements Front {
    private static final byte[] CRLF = Ascii.bytes("\r\n");

    private final RouterLoop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final RequestBodyPace pace = new RequestBodyPace();

    private @Nullable ByteBuf heldBack;
    private @Nullable GrpcRelay relay;
    private long remainingBytes = MessageHead.NO_LENGTH;
    private boolean begun;
    private boolean chunked;
    private boolean requestEnded;
    private boolean answered;
    private boolean over;

    Http2Front(RouterLoop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
        this.exchange = new Exchange(loop, this);
        exchange.record().client(client.address(), "http/2");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        pace.begin(loop.tick());
        loop.roster().add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        loop.roster().remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (over || requestEnded) {
            ReferenceCountUtil.release(frame);
        } else if (relay != null) {
            relay.request(frame);
        } else if (frame instanceof Http2HeadersFrame headers) {
            requestEnded = headers.isEndStream();
            if (begun) {
                endBody(headers.headers());
            } else {
                begun = true;
                begin(headers.headers());
            }
        } else if (frame instanceof Http2DataFrame data) {
            requestEnded = data.isEndStream();
            readData(data.content());
        } else {
            ReferenceCountUtil.release(frame);
        }
    }

    private void begin(Http2Headers headers) {
        int length = Http2Heads.writeRequest(headers, requestEnded, loop.scratch());
        RequestHead head = loop.requestHead();
        int end = length > 0 ? head.parse(loop.scratch(), 0, length) : Fields.REFUSED;
        if (end <= 0) {
            Refusal why = length == Http2Heads.TOO_LARGE
                    ? Refusal.HEAD_TOO_LARGE
                    : length > 0 && end == Fields.REFUSED ? head.refusal() : Refusal.BAD_FIELD_NAME;
            loop.metrics().requestsRefused++;
            refuse(Failure.of(why), loop.requestIds().next(), false);
            return;
        }
        HostRoutes host = loop.routes().table().find(head.bytes(), head.hostStart(), head.hostEnd());
        PathRoute path = host == null ? null : host.find(head.bytes(), head.pathStart(), head.pathEnd());
        if (host == null || path == null) {
            refuseHere(host == null ? Failure.NO_SUCH_HOST : Failure.NO_SUCH_PATH, head);
        } else if (requestEnded && head.contentLength() > 0) {
            // a body that is announced and never comes: the replica would take the next request for it
            stop(Http2Error.PROTOCOL_ERROR);
        } else if (head.contentLength() > loop.limits().maxRequestBodyBytes()) {
            refuseHere(Failure.BODY_TOO_LARGE.with(loop.limits().maxRequestBodyBytes()), head);
        } else if (GrpcRelay.isGrpc(headers)) {
            relay = new GrpcRelay(loop, this);
            relay.begin(path, headers, requestEnded, client);
        } else {
            chunked = head.isChunked();
            remainingBytes = head.contentLength();
            exchange.record().request(ForwardedHead.requestIdLength(head), false);
            ByteBuf forwarded = ForwardedHead.request(
                    head, client.headers(), loop.requestIds(), context().alloc());
            exchange.begin(host, path, forwarded, head.isIdempotent(), !requestEnded);
            exchange.requestFlush();
        }
    }

    private void refuseHere(Failure failure, RequestHead head) {
        String requestId = loop.requestIds().next();
        int accept = head.acceptField();
        boolean json = accept >= 0 && ErrorPage.wantsJson(head.valueText(accept));
        exchange.record().refusedAtOnce(head, requestId, failure, loop);
        refuse(failure, requestId, json);
    }

    private void readData(ByteBuf data) {
        int count = data.readableBytes();
        pace.received(count, loop.tick());
        boolean lengthLies = !chunked && (count > remainingBytes || (requestEnded && count != remainingBytes));
        if (lengthLies || pace.bytes() > loop.limits().maxRequestBodyBytes()) {
            data.release();
            exchange.cancel();
            stop(lengthLies ? Http2Error.PROTOCOL_ERROR : Http2Error.CANCEL);
            return;
        }
        remainingBytes -= chunked ? 0 : count;
        if (chunked && count > 0) {
            exchange.requestBody(ByteBufUtil.writeAscii(context().alloc(), Integer.toHexString(count) + "\r\n"));
            exchange.requestBody(data);
            exchange.requestBody(Unpooled.wrappedBuffer(CRLF));
        } else if (count > 0) {
            exchange.requestBody(data);
        } else {
            data.release();
        }
        if (requestEnded) {
            endBody(new DefaultHttp2Headers(false));
        }
    }

    private void endBody(Http2Headers trailers) {
        if (!chunked && remainingBytes > 0) {
            exchange.cancel();
            stop(Http2Error.PROTOCOL_ERROR);
            return;
        }
        if (chunked) {
            exchange.requestBody(ByteBufUtil.writeAscii(context().alloc(), Http2Heads.lastChunk(trailers)));
        }
        exchange.requestEnd();
        exchange.requestFlush();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        exchange.requestFlush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            over = true;
            cancel();
        }
        ctx.fireUserEventTriggered(event);
    }

    /**
     * What a client does wrong in a stream is answered by the codec, under the error's own code: only then is it counted among the resets
     * that a client may provoke (CVE-2025-8671).
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof Http2Exception.StreamException)) {
            super.exceptionCaught(ctx, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over = true;
        loop.roster().remove(this);
        cancel();
        if (heldBack != null) {
            heldBack.release();
            heldBack = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (relay != null) {
            relay.frontWritable(ctx.channel().isWritable());
        } else {
            exchange.frontWritable(ctx.channel().isWritable());
        }
    }

    private void cancel() {
        exchange.cancel();
        if (relay != null) {
            relay.cancel();
        }
    }

    @Override
    public boolean takesChunks() {
        return false;
    }

    @Override
    public void informational(ResponseHead head) {
        writeAndFlush(new DefaultHttp2HeadersFrame(Http2Heads.response(head), false));
    }

    @Override
    public void switched(ResponseHead head) {
        throw new IllegalStateException("HTTP/2 requests are never upgraded");
    }

    @Override
    public void responseHead(ResponseHead head, boolean hasBody, int bytesAtHand) {
        answered = true;
        write(new DefaultHttp2HeadersFrame(Http2Heads.response(head), !hasBody));
        over = !hasBody;
    }

    /** Held back until more is known, so that the last frame can say that it is the last. */
    @Override
    public void responseBody(ByteBuf data) {
        writeHeldBack();
        heldBack = data;
    }

    private void writeHeldBack() {
        if (heldBack != null) {
            write(new DefaultHttp2DataFrame(heldBack, false));
            heldBack = null;
        }
    }

    @Override
    public void responseFlush() {
        writeHeldBack();
        flushChannel();
    }

    @Override
    public void responseEnd(@Nullable Fields trailers) {
        if (!over) {
            if (trailers != null) {
                writeHeldBack();
                write(new DefaultHttp2HeadersFrame(Http2Heads.trailers(trailers), true));
            } else {
                ByteBuf last = heldBack == null ? Unpooled.EMPTY_BUFFER : heldBack;
                heldBack = null;
                write(new DefaultHttp2DataFrame(last, true));
            }
            over = true;
        }
        flushChannel();
        if (!requestEnded) {
            // the answer is complete without the rest of the request (RFC 9113, 8.1)
            writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
    }

    @Override
    public void refuse(Failure failure, String requestId, boolean json) {
        byte[] body = ErrorPage.render(failure, requestId, json);
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status(Integer.toString(failure.status()))
                .add("content-type", json ? ErrorPage.JSON_TYPE : ErrorPage.HTML_TYPE)
                .add("content-length", Integer.toString(body.length))
                .add("cache-control", "no-store")
                .add("server", "statemesh")
                .add("x-request-id", requestId);
        write(new DefaultHttp2HeadersFrame(headers, false));
        heldBack = Unpooled.wrappedBuffer(body);
        responseEnd(null);
    }

    @Override
    public void abort() {
        stop(Http2Error.INTERNAL_ERROR);
    }

    private void stop(Http2Error error) {
        over = true;
        writeAndFlush(new DefaultHttp2ResetFrame(error));
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void readRequest(boolean wanted) {
        context().channel().config().setAutoRead(wanted);
    }

    @Override
    void sweep(int tick) {
        if (relay != null) {
            relay.sweep(tick);
        } else if (!requestEnded
                && !over
                && pace.isTooSlow(tick, context().channel().config().isAutoRead(), loop.limits())) {
            exchange.cancel();
            if (answered) {
                stop(Http2Error.CANCEL);
            } else {
                refuse(Failure.TOO_SLOW, loop.requestIds().next(), false);
            }
        } else {
            exchange.sweep(tick);
        }
    }
}
