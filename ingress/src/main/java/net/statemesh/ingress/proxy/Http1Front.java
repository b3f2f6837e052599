// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.Refusal;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.http1.ResponseHead;
import net.statemesh.ingress.route.HostRoutes;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/** A client's connection of HTTP/1: reads requests one after another, whatever the pieces they arrive in. */
final class Http1Front extends Swept implements Front {
    private enum State {
        /** Waiting for a request or in the middle of its head. */
        HEAD,
        BODY,
        /** The request is complete; its answer is not. */
        ANSWER,
        TUNNEL,
        /** Everything was said; what still arrives is thrown away until the client closes. */
        LINGER
    }

    private static final int LINGER_SECONDS = 2;

    private final RouterLoop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final Http1Body body;
    private final Http1Answer answer;

    private @Nullable ByteBuf pending;
    private State state = State.HEAD;
    private boolean processing;
    private boolean headStarted;
    private int scannedBytes;
    private int sinceTick;
    private boolean reading = true;

    Http1Front(RouterLoop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
        this.exchange = new Exchange(loop, this);
        this.body = new Http1Body(loop.limits());
        this.answer = new Http1Answer(loop, this);
        exchange.record().client(client.address(), "http/1");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        sinceTick = loop.tick();
        loop.roster().add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        loop.roster().remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (state == State.TUNNEL) {
            exchange.requestBody(in);
        } else if (state == State.LINGER) {
            in.release();
        } else {
            pending = pending == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
            process();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        exchange.requestFlush();
    }

    /** Goes on as far as the bytes at hand and the state of the exchange allow. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            boolean progress = true;
            while (progress && pending != null) {
                if (!pending.isReadable()) {
                    pending.release();
                    pending = null;
                    break;
                }
                progress = switch (state) {
                    case HEAD -> readHead(pending);
                    case BODY -> readBody(pending);
                    case ANSWER -> holdBack();
                    case TUNNEL -> passOn();
                    case LINGER -> drop();
                };
            }
        } finally {
            processing = false;
        }
    }

    private boolean readHead(ByteBuf in) {
        if (!headStarted) {
            headStarted = true;
            scannedBytes = 0;
            sinceTick = loop.tick();
        }
        byte[] scratch = loop.scratch();
        int length = Math.min(in.readableBytes(), scratch.length);
        // one byte at a time must not cost a parse each: first see whether an empty line came
        if (scannedBytes > 0 && length < scratch.length && !HeadEnd.isWithin(in, scannedBytes, length)) {
            scannedBytes = length;
            return false;
        }
        in.getBytes(in.readerIndex(), scratch, 0, length);
        RequestHead head = loop.requestHead();
        int end = head.parse(scratch, 0, length);
        if (end == Fields.INCOMPLETE) {
            scannedBytes = length;
            if (length == scratch.length) {
                refuse(HeadEnd.hasLine(scratch) ? Refusal.HEAD_TOO_LARGE : Refusal.TARGET_TOO_LONG);
            }
            return false;
        }
        headStarted = false;
        if (end < 0) {
            refuse(head.refusal());
            return false;
        }
        in.skipBytes(end);
        begin(head);
        return true;
    }

    private void begin(RequestHead head) {
        answer.begin(head);
        body.begin(head, loop.tick());
        state = body.isComplete() ? State.ANSWER : State.BODY;
        sinceTick = loop.tick();
        HostRoutes host = loop.routes().table().find(head.bytes(), head.hostStart(), head.hostEnd());
        PathRoute path = host == null ? null : host.find(head.bytes(), head.pathStart(), head.pathEnd());
        if (host == null || path == null) {
            refuseHere(host == null ? Failure.NO_SUCH_HOST : Failure.NO_SUCH_PATH, head);
        } else if (head.contentLength() > loop.limits().maxRequestBodyBytes()) {
            refuseHere(Failure.BODY_TOO_LARGE.with(loop.limits().maxRequestBodyBytes()), head);
        } else {
            exchange.record().request(ForwardedHead.requestIdLength(head), head.isUpgrade());
            ByteBuf forwarded = ForwardedHead.request(
                    head, client.headers(), loop.requestIds(), context().alloc());
            exchange.begin(host, path, forwarded, head.isIdempotent(), head.hasBody());
        }
    }

    private boolean readBody(ByteBuf in) {
        int count = body.next(in);
        if (count == Http1Body.REFUSED) {
            cutRequest(body.failure());
            return false;
        }
        body.received(count, loop.tick());
        ByteBuf data;
        if (count == in.readableBytes()) {
            data = in;
            pending = null;
        } else {
            data = in.readRetainedSlice(count);
        }
        if (body.isComplete()) {
            state = State.ANSWER;
            exchange.requestEnd();
        }
        exchange.requestBody(data);
        return true;
    }

    /** The next request came before this one's answer: it waits, and so does the client. */
    private boolean holdBack() {
        readRequest(false);
        return false;
    }

    private boolean passOn() {
        ByteBuf early = pending;
        pending = null;
        if (early != null) {
            exchange.requestBody(early);
        }
        return false;
    }

    private boolean drop() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
        return false;
    }

    /** The request turned out bad in the middle of its body: the replica must not take what it has for all of it. */
    private void cutRequest(Failure failure) {
        boolean answered = answer.isStarted();
        exchange.cancel();
        if (answered) {
            abort();
        } else {
            refuse(failure, loop.requestIds().next(), false);
        }
    }

    private void refuse(Refusal why) {
        loop.metrics().requestsRefused++;
        answer.beginUnread();
        state = State.ANSWER;
        refuse(Failure.of(why), loop.requestIds().next(), false);
    }

    private void refuseHere(Failure failure, RequestHead head) {
        int accept = head.acceptField();
        boolean json = accept >= 0 && ErrorPage.wantsJson(head.valueText(accept));
        int id = head.requestIdField();
        String requestId = id >= 0 && RequestIds.isSane(head.bytes(), head.valueStart(id), head.valueEnd(id))
                ? head.valueText(id)
                : loop.requestIds().next();
        exchange.record().refusedAtOnce(head, requestId, failure, loop);
        refuse(failure, requestId, json);
    }

    @Override
    public void refuse(Failure failure, String requestId, boolean json) {
        if (state == State.BODY) {
            answer.closeAfterwards();
        }
        answer.page(failure, requestId, json);
        next();
    }

    @Override
    public boolean takesChunks() {
        return answer.takesChunks();
    }

    @Override
    public void informational(ResponseHead head) {
        answer.informational(head);
    }

    @Override
    public void switched(ResponseHead head) {
        answer.switched(head);
        state = State.TUNNEL;
        readRequest(true);
        process();
        exchange.requestFlush();
    }

    @Override
    public void responseHead(ResponseHead head, boolean hasBody, int bytesAtHand) {
        if (state != State.ANSWER) {
            answer.closeAfterwards();
        }
        answer.head(head, hasBody, bytesAtHand);
    }

    @Override
    public void responseBody(ByteBuf data) {
        answer.body(data);
    }

    @Override
    public void responseFlush() {
        answer.flush();
    }

    @Override
    public void responseEnd(@Nullable Fields trailers) {
        if (state == State.TUNNEL) {
            answer.closeAfterwards();
        }
        next();
    }

    /** The answer is complete: the next request, or the end of the connection. */
    private void next() {
        if (answer.end() || loop.isStopping()) {
            linger();
            return;
        }
        state = State.HEAD;
        sinceTick = loop.tick();
        readRequest(true);
        process();
    }

    /** Closes without a reset, which could take the answer out of the client's hands before it has read it. */
    private void linger() {
        state = State.LINGER;
        sinceTick = loop.tick();
        readRequest(true);
        answer.shutdownOutput();
        drop();
    }

    @Override
    public void abort() {
        closeChannel();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void readRequest(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            context().channel().config().setAutoRead(wanted);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        exchange.frontWritable(ctx.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.roster().remove(this);
        exchange.cancel();
        answer.release();
        state = State.LINGER;
        drop();
    }

    @Override
    void sweep(int tick) {
        int seconds = tick - sinceTick;
        switch (state) {
            case HEAD -> {
                if (!headStarted && (seconds >= loop.limits().keepAliveSeconds() || loop.isStopping())) {
                    closeChannel();
                } else if (headStarted && seconds >= loop.limits().headSeconds()) {
                    headStarted = false;
                    answer.beginUnread();
                    refuse(Failure.TOO_SLOW, loop.requestIds().next(), false);
                }
            }
            case BODY -> {
                if (body.isTooSlow(tick, reading)) {
                    cutRequest(Failure.TOO_SLOW);
                } else {
                    exchange.sweep(tick);
                }
            }
            case ANSWER, TUNNEL -> exchange.sweep(tick);
            case LINGER -> {
                if (seconds >= LINGER_SECONDS) {
                    closeChannel();
                }
            }
        }
    }
}
