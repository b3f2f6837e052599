// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.function.IntConsumer;

/** A client's connection of HTTP/2 (RFC 9113): bounds on what its streams may cost, and the end of an idle connection. */
final class Http2Connection extends Swept {
    private static final int MAX_RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final int MAX_EMPTY_FRAMES = 2;
    private static final int MAX_QUEUED_CONTROL_FRAMES = 1000;
    private static final int MAX_FLUSHES_TOGETHER = 64;
    private static final int STREAM_WINDOW_BYTES = 256 << 10;
    private static final int MAX_FRAME_BYTES = 16 << 10;

    private final RouterLoop loop;
    private int openStreams;
    private int idleSinceTick;
    private boolean goingAway;

    private Http2Connection(RouterLoop loop) {
        this.loop = loop;
    }

    static void install(ChannelPipeline pipeline, RouterLoop loop, ClientConnection client) {
        Http2Connection connection = new Http2Connection(loop);
        // answers of many streams come from replicas one by one: those of one turn of the loop leave in one piece
        pipeline.addLast(new FlushConsolidationHandler(MAX_FLUSHES_TOGETHER, true));
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(loop.limits().maxStreams())
                        .initialWindowSize(STREAM_WINDOW_BYTES)
                        .maxFrameSize(MAX_FRAME_BYTES)
                        .maxHeaderListSize(loop.limits().maxHeadBytes()))
                // resets in a row are an attack (CVE-2023-44487), and so are frames without content
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_FRAMES)
                .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL_FRAMES)
                .validateHeaders(true)
                .build());
        IntConsumer streams = connection::streamsChanged;
        pipeline.addLast(new Http2MultiplexHandler(new Http2StreamInitializer(loop, client, streams)));
        pipeline.addLast(connection);
    }

    private void streamsChanged(int difference) {
        openStreams += difference;
        idleSinceTick = loop.tick();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        idleSinceTick = loop.tick();
        loop.roster().add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        // settings, pings and the like, which the codec has dealt with
        ReferenceCountUtil.release(frame);
    }

    /** What the codec objects to it answers itself, with GOAWAY and the reason; closing here would come before that. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
            super.exceptionCaught(ctx, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.roster().remove(this);
        ctx.fireChannelInactive();
    }

    @Override
    void sweep(int tick) {
        boolean idle = openStreams == 0;
        if (idle && (loop.isStopping() || tick - idleSinceTick >= loop.limits().keepAliveSeconds())) {
            closeChannel();
        } else if (loop.isStopping() && !goingAway) {
            goingAway = true;
            writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }
    }
}
