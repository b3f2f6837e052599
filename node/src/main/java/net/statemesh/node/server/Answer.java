// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to one request: at once, piece by piece, or as a raw connection. Written from a thread that may block. */
final class Answer {
    private final ChannelHandlerContext context;
    private final Writability writability;
    private final Runnable done;
    private boolean begun;

    Answer(ChannelHandlerContext context, Writability writability, Runnable done) {
        this.context = context;
        this.writability = writability;
        this.done = done;
    }

    Channel channel() {
        return context.channel();
    }

    ChannelHandlerContext context() {
        return context;
    }

    void send(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        begun = true;
        context.writeAndFlush(response).addListener(_ -> done.run());
    }

    /** Begins an answer of unknown length. */
    void begin(String contentType) {
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        begun = true;
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Writes one piece; blocks while the client is slower than we are. */
    void piece(byte[] bytes) throws IOException, InterruptedException {
        writability.await(channel());
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void end() {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(_ -> done.run());
    }

    /** Reports a failure, as far as the answer has not begun. */
    void fail(String why) {
        if (begun) {
            abort();
        } else {
            send(500, "text/plain", why + "\n");
        }
    }

    void abort() {
        context.close().addListener(_ -> done.run());
    }
}
