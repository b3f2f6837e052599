// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import net.statemesh.ingress.http1.MessageHead;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Writes answers to a client of HTTP/1: head and the start of the body in one buffer, so that a small answer is one system call. */
final class Http1Answer {
    private static final int MAX_JOINED_BYTES = 16 << 10;

    private final RouterLoop loop;
    private final Swept channel;
    private @Nullable ByteBuf out;
    private boolean http10;
    private boolean persistent;
    private boolean headRequest;
    private boolean started;
    private boolean dirty;

    /** @param front the handler through which answers are written */
    Http1Answer(RouterLoop loop, Swept front) {
        this.loop = loop;
        this.channel = front;
    }

    /** What the request says about its answer. */
    void begin(RequestHead request) {
        http10 = request.isHttp10();
        persistent = request.isPersistent();
        headRequest = request.is("HEAD");
        started = false;
    }

    /** The request could not be read: its answer is the last. */
    void beginUnread() {
        http10 = false;
        persistent = false;
        headRequest = false;
        started = false;
    }

    /** Nothing more will be read from this client after the answer. */
    void closeAfterwards() {
        persistent = false;
    }

    boolean isStarted() {
        return started;
    }

    /** HTTP/1.0 knows no chunks. */
    boolean takesChunks() {
        return !http10;
    }

    void informational(ResponseHead head) {
        if (!http10) {
            write(ForwardedHead.response(
                    head,
                    false,
                    ForwardedHead.Connection.UNSAID,
                    0,
                    channel.context().alloc()));
        }
    }

    void switched(ResponseHead head) {
        started = true;
        write(ForwardedHead.response(
                head,
                false,
                ForwardedHead.Connection.UPGRADE,
                0,
                channel.context().alloc()));
    }

    void head(ResponseHead head, boolean hasBody, int bytesAtHand) {
        started = true;
        boolean framed =
                !hasBody || head.contentLength() != MessageHead.NO_LENGTH || (head.isChunked() && takesChunks());
        persistent &= framed && !loop.isStopping();
        ForwardedHead.Connection connection = ForwardedHead.Connection.UNSAID;
        if (!persistent) {
            connection = ForwardedHead.Connection.CLOSE;
        } else if (http10) {
            connection = ForwardedHead.Connection.KEEP_ALIVE;
        }
        int room = Math.min(bytesAtHand, MAX_JOINED_BYTES);
        flushBuffer();
        out = ForwardedHead.response(
                head, takesChunks(), connection, room, channel.context().alloc());
    }

    void body(ByteBuf data) {
        ByteBuf joined = out;
        if (joined != null && data.readableBytes() <= joined.writableBytes()) {
            joined.writeBytes(data);
            data.release();
            return;
        }
        flushBuffer();
        write(data);
    }

    private void flushBuffer() {
        if (out != null) {
            ByteBuf bytes = out;
            out = null;
            write(bytes);
        }
    }

    private void write(ByteBuf data) {
        dirty = true;
        channel.writeLean(data);
    }

    void flush() {
        flushBuffer();
        if (dirty) {
            dirty = false;
            channel.flushChannel();
        }
    }

    /** Sends what is left; returns whether the connection ends with this answer. */
    boolean end() {
        flush();
        started = false;
        return !persistent;
    }

    void page(Failure failure, String requestId, boolean json) {
        persistent &= !loop.isStopping();
        byte[] body = ErrorPage.render(failure, requestId, json);
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(failure.status())
                .append(' ')
                .append(failure.title())
                .append("\r\nContent-Type: ")
                .append(json ? ErrorPage.JSON_TYPE : ErrorPage.HTML_TYPE)
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nCache-Control: no-store\r\nServer: statemesh\r\nX-Request-Id: ")
                .append(requestId);
        if (failure.status() == 503) {
            head.append("\r\nRetry-After: 1");
        }
        if (!persistent) {
            head.append("\r\nConnection: close");
        } else if (http10) {
            head.append("\r\nConnection: keep-alive");
        }
        head.append("\r\n\r\n");
        ByteBuf page = channel.context().alloc().directBuffer(head.length() + body.length);
        page.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        if (!headRequest) {
            page.writeBytes(body);
        }
        write(page);
    }

    /** Tells the client that nothing more comes, once everything is out; the connection stays readable. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure ends in channelInactive
    void shutdownOutput() {
        flush();
        ChannelHandlerContext context = channel.context();
        SslHandler tls = context.pipeline().get(SslHandler.class);
        ChannelPromise sent = context.newPromise();
        if (tls != null) {
            tls.closeOutbound(sent);
        } else if (context.channel() instanceof DuplexChannel plain) {
            // behind everything written so far
            sent.addListener(done -> plain.shutdownOutput());
            context.writeAndFlush(Unpooled.EMPTY_BUFFER, sent);
        }
    }

    void release() {
        if (out != null) {
            out.release();
            out = null;
        }
    }
}
