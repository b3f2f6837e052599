// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One event loop's connection of HTTP/2 without TLS (prior knowledge, RFC 9113, 3.3) to one replica, shared by all streams. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the promise that is handed out
final class H2cPool {
    private static final int STREAM_WINDOW_BYTES = 256 << 10;

    private final RouterLoop loop;
    private final InetSocketAddress address;
    private @Nullable Future<Channel> connection;

    H2cPool(RouterLoop loop, InetSocketAddress address) {
        this.loop = loop;
        this.address = address;
    }

    /** Opens a stream, over a new connection when there is none that works. */
    Future<Http2StreamChannel> open(ChannelHandler handler) {
        Promise<Http2StreamChannel> opened = loop.eventLoop().newPromise();
        connection().addListener((Future<Channel> connected) -> {
            if (connected.isSuccess()) {
                new Http2StreamChannelBootstrap(connected.getNow())
                        .handler(handler)
                        .open(opened);
            } else {
                opened.setFailure(connected.cause());
            }
        });
        return opened;
    }

    private Future<Channel> connection() {
        Future<Channel> existing = connection;
        boolean usable = existing != null
                && (!existing.isDone()
                        || (existing.isSuccess() && existing.getNow().isActive()));
        if (existing != null && usable) {
            return existing;
        }
        Promise<Channel> made = loop.eventLoop().newPromise();
        connection = made;
        loop.backBootstrap()
                .handler(new Http2ClientInitializer())
                .connect(address)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        made.setSuccess(((io.netty.channel.ChannelFuture) done).channel());
                    } else {
                        made.setFailure(done.cause());
                    }
                });
        return made;
    }

    /** Nothing new is sent there; streams in flight end by themselves. */
    void close() {
        Future<Channel> existing = connection;
        connection = null;
        if (existing != null && existing.isSuccess()) {
            // the codec sends GOAWAY and waits for open streams
            existing.getNow().close();
        }
    }

    private final class Http2ClientInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(Http2FrameCodecBuilder.forClient()
                            .initialSettings(Http2Settings.defaultSettings()
                                    .pushEnabled(false)
                                    .initialWindowSize(STREAM_WINDOW_BYTES)
                                    .maxHeaderListSize(loop.limits().maxHeadBytes()))
                            .build())
                    .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel pushed) {
                            // push is off: a replica that pushes all the same gets nothing
                            pushed.unsafe().closeForcibly();
                        }
                    }))
                    .addLast(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object frame) {
                            ReferenceCountUtil.release(frame);
                        }
                    });
        }
    }
}
