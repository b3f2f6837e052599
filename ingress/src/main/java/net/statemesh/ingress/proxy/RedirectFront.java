// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import net.statemesh.api.ZoneSettings;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.Refusal;
import net.statemesh.ingress.http1.RequestHead;
import org.jspecify.annotations.Nullable;

/** Answers plain HTTP with a redirect to HTTPS that keeps method and body (308, RFC 9110, 15.4.9), and nothing else. */
final class RedirectFront extends Swept {
    private static final int DEFAULT_HTTPS_PORT = 443;

    private final RouterLoop loop;
    private @Nullable ByteBuf pending;
    private int scannedBytes;
    private int sinceTick;
    private boolean answered;

    RedirectFront(RouterLoop loop) {
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        sinceTick = loop.tick();
        loop.roster().add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (answered) {
            in.release();
            return;
        }
        pending = pending == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
        byte[] scratch = loop.scratch();
        int length = Math.min(pending.readableBytes(), scratch.length);
        // one byte at a time must not cost a parse each
        if (scannedBytes > 0 && length < scratch.length && !HeadEnd.isWithin(pending, scannedBytes, length)) {
            scannedBytes = length;
            return;
        }
        scannedBytes = length;
        pending.getBytes(pending.readerIndex(), scratch, 0, length);
        RequestHead head = loop.requestHead();
        int end = head.parse(scratch, 0, length);
        if (end > 0) {
            redirect(ctx, head);
        } else if (end == Fields.REFUSED || length == scratch.length) {
            Refusal why = end == Fields.REFUSED ? head.refusal() : Refusal.HEAD_TOO_LARGE;
            answer(ctx, "HTTP/1.1 %d %s".formatted(why.status(), "Not understood"), "");
        }
    }

    private void redirect(ChannelHandlerContext ctx, RequestHead head) {
        ZoneSettings zone = loop.routes().zone();
        int port = zone == null ? DEFAULT_HTTPS_PORT : zone.httpsPort();
        String location = "https://%s%s%s"
                .formatted(
                        head.text(head.hostStart(), head.hostEnd()),
                        port == DEFAULT_HTTPS_PORT ? "" : ":" + port,
                        head.text(head.pathStart(), head.targetEnd()));
        answer(ctx, "HTTP/1.1 308 Permanent Redirect", "Location: " + location + "\r\n");
    }

    private void answer(ChannelHandlerContext ctx, String statusLine, String header) {
        answered = true;
        String head = statusLine + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        ByteBuf bytes = ctx.alloc().directBuffer(head.length());
        bytes.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.roster().remove(this);
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    void sweep(int tick) {
        if ((loop.isStopping() || tick - sinceTick >= loop.limits().headSeconds())) {
            closeChannel();
        }
    }
}
