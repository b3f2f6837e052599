// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** The body of a response that is sent piece by piece. */
public final class Stream {
    static final AttributeKey<Runnable> WRITABLE = AttributeKey.valueOf(Stream.class, "writable");

    private final Channel channel;
    private final boolean keepAlive;
    private volatile @Nullable ChannelFutureListener gone;

    Stream(Channel channel, boolean keepAlive) {
        this.channel = channel;
        this.keepAlive = keepAlive;
    }

    /** Where writes go and whose writability is the back-pressure. */
    public Channel channel() {
        return channel;
    }

    /** Hands one piece over without flushing. */
    public void write(ByteBuf piece) {
        var _ = channel.write(new DefaultHttpContent(piece));
    }

    public void flush() {
        var _ = channel.flush();
    }

    /** Ends the body. */
    public void end() {
        channel.attr(WRITABLE).set(null);
        ChannelFutureListener waiting = gone;
        if (waiting != null) {
            channel.closeFuture().removeListener(waiting);
        }
        var sent = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Calls back, on the event loop, when more may be written after the channel was full. */
    public void onWritable(Runnable action) {
        channel.attr(WRITABLE).set(action);
    }

    /** Calls back when the client is gone before {@link #end}. */
    public void onGone(Runnable action) {
        ChannelFutureListener listener = closed -> action.run();
        gone = listener;
        channel.closeFuture().addListener(listener);
    }
}
