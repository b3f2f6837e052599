// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/** HTTP/2 or HTTP/1.1, as ALPN chose; behind both stands the same {@link ExchangeHandler}. */
final class ProtocolChoice extends ApplicationProtocolNegotiationHandler {
    /** Flushes of the streams of one connection that become one, at most. */
    private static final int FLUSHES_JOINED = 64;

    private final HttpServer server;

    ProtocolChoice(HttpServer server) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.server = server;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        context.pipeline().addLast(new IdleStateHandler(0, 0, HttpLimits.IDLE_CONNECTION_SECONDS));
        if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
            http2(context);
        } else {
            context.pipeline()
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()
                            .setMaxInitialLineLength(HttpLimits.MAX_REQUEST_LINE_BYTES)
                            .setMaxHeaderSize(HttpLimits.MAX_HEADER_BYTES)))
                    .addLast(new ExchangeHandler(server, false));
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private void http2(ChannelHandlerContext context) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(HttpLimits.MAX_STREAMS_PER_CONNECTION)
                        .maxHeaderListSize(HttpLimits.MAX_HEADER_BYTES))
                .build();
        context.pipeline()
                // one change goes to many watches of a connection: they share TLS records and system calls
                .addLast(new FlushConsolidationHandler(FLUSHES_JOINED, true))
                .addLast(codec)
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                .addLast(new ExchangeHandler(server, true));
                    }
                }))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext connection, Object event) throws Exception {
                        if (event instanceof IdleStateEvent
                                && codec.connection().numActiveStreams() == 0) {
                            var _ = connection.close();
                        } else {
                            super.userEventTriggered(connection, event);
                        }
                    }
                });
    }
}
