// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Lets a {@link Stream} speak WebSocket: every piece of the body becomes one text frame. */
final class WebSocketStream extends ChannelDuplexHandler {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        switch (message) {
            case LastHttpContent end -> {
                end.release();
                var _ = context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), promise);
                var _ = context.close();
            }
            case HttpContent piece -> {
                var _ = context.write(new TextWebSocketFrame(piece.content()), promise);
            }
            default -> super.write(context, message, promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof PingWebSocketFrame ping) {
                var _ = context.writeAndFlush(
                        new PongWebSocketFrame(ping.content().retain()));
            } else if (message instanceof CloseWebSocketFrame || !(message instanceof WebSocketFrame)) {
                var _ = context.close();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
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
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
