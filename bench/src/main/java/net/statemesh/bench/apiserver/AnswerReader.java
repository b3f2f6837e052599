// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Reads one whole answer. */
final class AnswerReader extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Answer> answer;
    private final StringBuilder body = new StringBuilder();
    private int status;

    AnswerReader(CompletableFuture<Answer> answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame headers) {
                status = Integer.parseInt(headers.headers().status().toString());
                finish(headers.isEndStream());
            } else if (message instanceof Http2DataFrame data) {
                ByteBuf piece = data.content();
                body.append(piece.toString(StandardCharsets.UTF_8));
                finish(data.isEndStream());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answer.completeExceptionally(new IllegalStateException("the stream was closed before its answer ended"));
    }

    private void finish(boolean end) {
        if (end) {
            answer.complete(new Answer(status, body.toString()));
        }
    }
}
