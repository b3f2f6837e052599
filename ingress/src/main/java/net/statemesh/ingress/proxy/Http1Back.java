// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import net.statemesh.ingress.Limits;
import net.statemesh.ingress.http1.ChunkedBody;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.MessageHead;
import net.statemesh.ingress.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1 to a replica: in the pool, or at work for one exchange. */
final class Http1Back extends Swept {
    /** A machine that acknowledges nothing for so long is gone (tcp(7), TCP_USER_TIMEOUT). */
    private static final int UNACKNOWLEDGED_MILLIS = 10_000;

    private enum State {
        /** In the pool, or not connected yet. */
        IDLE,
        HEAD,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE,
        TUNNEL,
        CLOSED
    }

    private final RouterLoop loop;
    private final BackPool pool;
    private final ChunkedBody chunks = new ChunkedBody();

    private @Nullable Exchange exchange;
    private @Nullable ByteBuf pending;
    private State state = State.IDLE;
    private long remainingBytes;
    private int idleSinceTick;
    private boolean pooled;
    private boolean sawBytes;
    private boolean answersHead;
    private boolean persistent;
    private boolean dirty;

    Http1Back(RouterLoop loop, BackPool pool) {
        this.loop = loop;
        this.pool = pool;
    }

    static Bootstrap bootstrap(EventLoop eventLoop, Class<? extends Channel> channelType, Limits limits) {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(channelType)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits.connectMillis());
        if (EpollSocketChannel.class.isAssignableFrom(channelType)) {
            bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS);
        }
        return bootstrap;
    }

    /** Sends a request; {@link #flush} comes later. */
    void start(Exchange owner, ByteBuf head, boolean isHead) {
        exchange = owner;
        state = State.HEAD;
        sawBytes = false;
        answersHead = isHead;
        loop.roster().remove(this);
        send(head);
    }

    void send(ByteBuf data) {
        dirty = true;
        writeLean(data);
    }

    void flush() {
        if (dirty) {
            dirty = false;
            flushChannel();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        sawBytes = true;
        if (pending != null) {
            in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
            pending = null;
        }
        while (in.isReadable()) {
            ByteBuf rest = step(in);
            if (rest == null) {
                return;
            }
            in = rest;
        }
        in.release();
    }

    /** Takes from the buffer what the state wants; null when it took the buffer over. */
    private @Nullable ByteBuf step(ByteBuf in) {
        return switch (state) {
            case HEAD -> readHead(in);
            case LENGTH -> readLength(in);
            case CHUNKS -> readChunks(in);
            case UNTIL_CLOSE, TUNNEL -> {
                exchange().responseBody(in);
                yield null;
            }
            case IDLE -> {
                // an answer to nothing: whoever gets it next would take it for his
                in.release();
                close();
                yield null;
            }
            case CLOSED -> {
                in.release();
                yield null;
            }
        };
    }

    private @Nullable ByteBuf readHead(ByteBuf in) {
        int length = Math.min(in.readableBytes(), loop.scratch().length);
        in.getBytes(in.readerIndex(), loop.scratch(), 0, length);
        ResponseHead head = loop.responseHead();
        int end = head.parse(loop.scratch(), 0, length);
        if (end == Fields.INCOMPLETE && length < loop.scratch().length) {
            pending = in;
            return null;
        }
        if (end <= 0 || (head.status() == 101 && !exchange().record().isUpgrade())) {
            in.release();
            fail(Failure.MALFORMED_ANSWER);
            return null;
        }
        in.skipBytes(end);
        if (head.status() == 101) {
            state = State.TUNNEL;
            exchange().switched(head);
        } else if (head.isInformational()) {
            exchange().informational(head);
        } else {
            beginBody(head, in.readableBytes());
        }
        return in;
    }

    private void beginBody(ResponseHead head, int bytesAtHand) {
        boolean hasBody = head.hasBody(answersHead);
        persistent = head.isPersistent();
        if (!hasBody) {
            exchange().responseHead(head, false, 0);
            end(null, bytesAtHand > 0);
            return;
        }
        if (head.isChunked()) {
            chunks.reset();
            state = State.CHUNKS;
        } else if (head.contentLength() == MessageHead.NO_LENGTH) {
            persistent = false;
            state = State.UNTIL_CLOSE;
        } else {
            remainingBytes = head.contentLength();
            state = State.LENGTH;
        }
        exchange().responseHead(head, true, bytesAtHand);
    }

    private @Nullable ByteBuf readLength(ByteBuf in) {
        int readable = in.readableBytes();
        if (readable < remainingBytes) {
            remainingBytes -= readable;
            exchange().responseBody(in);
            return null;
        }
        if (readable == remainingBytes) {
            exchange().responseBody(in);
            end(null, false);
            return null;
        }
        exchange().responseBody(in.readRetainedSlice((int) remainingBytes));
        end(null, true);
        return in;
    }

    private @Nullable ByteBuf readChunks(ByteBuf in) {
        Exchange owner = exchange();
        boolean whole = owner.takesChunks();
        int from = in.readerIndex();
        int taken = chunks.advance(
                in,
                from,
                in.writerIndex(),
                whole ? null : (source, at, length) -> owner.responseBody(source.retainedSlice(at, length)));
        if (taken < 0) {
            in.release();
            fail(Failure.MALFORMED_ANSWER);
            return null;
        }
        boolean all = taken == in.readableBytes();
        if (whole) {
            owner.responseBody(all ? in.retain() : in.retainedSlice(from, taken));
        }
        in.readerIndex(from + taken);
        if (chunks.isFinished()) {
            end(chunks.trailers(), !all);
        }
        return in;
    }

    private void end(@Nullable Fields trailers, boolean hasMore) {
        Exchange owner = exchange;
        if (owner == null) {
            // the front went away while it took the last bytes
            return;
        }
        exchange = null;
        state = State.IDLE;
        // an early answer leaves the rest of the request unsent: the replica would take the next request for it
        if (persistent && !hasMore && owner.isRequestComplete()) {
            release();
        } else {
            close();
        }
        owner.responseEnd(trailers);
    }

    /** Gives the connection to the pool. */
    void release() {
        idleSinceTick = loop.tick();
        pooled = true;
        state = State.IDLE;
        readResponse(true);
        if (context().channel().isActive() && pool.keep(this)) {
            loop.roster().add(this);
            pool.serveWaiting();
        } else {
            close();
        }
    }

    void readResponse(boolean wanted) {
        context().channel().config().setAutoRead(wanted);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.responseFlush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.backWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        loop.roster().remove(this);
        if (exchange != null && state == State.UNTIL_CLOSE) {
            state = State.CLOSED;
            Exchange owner = exchange();
            exchange = null;
            owner.responseEnd(null);
        } else if (exchange != null) {
            fail(Failure.CLOSED_WITHOUT_ANSWER);
        }
        state = State.CLOSED;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    private void fail(Failure failure) {
        Exchange owner = exchange();
        exchange = null;
        close();
        owner.backFailed(failure, pooled, sawBytes);
    }

    /** The exchange wants nothing more: the rest of the answer is not read. */
    void abandon() {
        exchange = null;
        close();
    }

    void close() {
        state = State.CLOSED;
        loop.roster().remove(this);
        closeChannel();
    }

    @Override
    void sweep(int tick) {
        if (loop.isStopping() || tick - idleSinceTick >= loop.limits().backIdleSeconds()) {
            pool.forget(this);
            close();
        }
    }

    private Exchange exchange() {
        return java.util.Objects.requireNonNull(exchange, "at work for an exchange");
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    boolean isTunnel() {
        return state == State.TUNNEL;
    }

    int idleSinceTick() {
        return idleSinceTick;
    }

    BackPool pool() {
        return pool;
    }
}
