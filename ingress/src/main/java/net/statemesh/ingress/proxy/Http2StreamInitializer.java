// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.function.IntConsumer;

/** Prepares the streams of one HTTP/2 connection. */
final class Http2StreamInitializer extends ChannelInitializer<Channel> {
    private final RouterLoop loop;
    private final ClientConnection client;
    private final IntConsumer openStreams;

    /** @param openStreams told how the number of open streams changes */
    Http2StreamInitializer(RouterLoop loop, ClientConnection client, IntConsumer openStreams) {
        this.loop = loop;
        this.client = client;
        this.openStreams = openStreams;
    }

    @Override
    protected void initChannel(Channel stream) {
        openStreams.accept(1);
        stream.closeFuture().addListener(closed -> openStreams.accept(-1));
        stream.pipeline().addLast(new Http2Front(loop, client));
    }
}
