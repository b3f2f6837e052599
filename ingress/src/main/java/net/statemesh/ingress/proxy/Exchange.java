// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ConnectTimeoutException;
import java.util.ArrayDeque;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.ResponseHead;
import net.statemesh.ingress.route.HostRoutes;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a replica and its answer: choice of the replica, connection, retries. A connection of HTTP/1 uses one
 * exchange for all its requests, one after another.
 *
 * <p>Retries: a replica that does not accept the connection has not seen the request, so the next one is tried. Where all of them
 * have been, and some only did not answer in time, they are asked anew: a listen queue that was full may have room again. A connection
 * from the pool that breaks before the answer may have been closed by the replica just then: the request is sent once more over a
 * fresh one if sending it twice does no harm and none of its body is gone. Under the same conditions it goes to another replica when
 * the node of the one that it waits for is dead.
 */
final class Exchange {
    private static final int MAX_REPLICAS_TRIED = 3;
    private static final int NOT_STUCK = -1;
    private static final long MILLIS_PER_SECOND = 1000;

    private final RouterLoop loop;
    private final Front front;
    private final @Nullable BackPool[] tried = new BackPool[MAX_REPLICAS_TRIED];
    private final ArrayDeque<ByteBuf> waitingBody = new ArrayDeque<>(0);
    private final RequestRecord record = new RequestRecord();

    private @Nullable PathRoute route;
    private @Nullable ByteBuf head;
    private @Nullable BackPool pool;
    private @Nullable Http1Back back;
    private int triedCount;
    private boolean worthAnotherRound;
    private boolean active;
    private boolean idempotent;
    private boolean requestComplete;
    private boolean bodySent;
    private boolean answered;
    private boolean resent;
    private int unconnectedSinceTick;
    private int waitingSinceTick;
    private int stuckSinceTick = NOT_STUCK;

    Exchange(RouterLoop loop, Front front) {
        this.loop = loop;
        this.front = front;
    }

    /**
     * Starts with a request.
     *
     * @param requestHead as the replica gets it; taken over
     */
    void begin(HostRoutes host, PathRoute path, ByteBuf requestHead, boolean isIdempotent, boolean hasBody) {
        record.begin(host, path);
        route = path;
        head = requestHead;
        idempotent = isIdempotent;
        requestComplete = !hasBody;
        triedCount = 0;
        worthAnotherRound = false;
        unconnectedSinceTick = loop.tick();
        active = true;
        bodySent = false;
        answered = false;
        resent = false;
        stuckSinceTick = NOT_STUCK;
        next(path);
    }

    /** Once more, by the routes of this moment: replicas may have come and gone since the request began. */
    private void retry() {
        PathRoute before = java.util.Objects.requireNonNull(route, "begin comes first");
        PathRoute current = loop.routes().table().current(before);
        if (current == null) {
            fail(Failure.NO_READY_REPLICA);
        } else {
            route = current;
            next(current);
        }
    }

    private void next(PathRoute target) {
        BackPool chosen = choose(target);
        if (chosen == null && worthAnotherRound) {
            worthAnotherRound = false;
            triedCount = 0;
            chosen = choose(target);
        }
        if (chosen == null) {
            fail(target.endpointCount() == 0 ? Failure.NO_READY_REPLICA : record.lastFailure());
            return;
        }
        record.attempted(chosen.endpoint());
        pool = chosen;
        chosen.requestStarted();
        waitingSinceTick = loop.tick();
        Http1Back pooled = resent ? null : idempotent ? chosen.takeIdle() : chosen.takeFresh(loop.tick());
        if (pooled != null) {
            attach(pooled);
        } else if (!chosen.connect(this)) {
            leavePool();
            fail(Failure.TOO_BUSY);
        }
    }

    private @Nullable BackPool choose(PathRoute target) {
        return triedCount == MAX_REPLICAS_TRIED ? null : Balancer.choose(loop, target, tried, triedCount);
    }

    /** A connection that was asked for is there; the exchange may be over or elsewhere by now. */
    void connected(Http1Back fresh) {
        if (waitsFor(fresh.pool())) {
            attach(fresh);
        } else {
            fresh.release();
        }
    }

    /** Whether this request still wants a connection of that pool. */
    boolean waitsFor(BackPool wanted) {
        return active && back == null && pool == wanted;
    }

    void connectFailed(BackPool failed, Throwable cause) {
        if (!waitsFor(failed)) {
            return;
        }
        loop.metrics().connectFailures++;
        boolean timedOut = cause instanceof ConnectTimeoutException;
        worthAnotherRound |= timedOut;
        record.failed(
                timedOut
                        ? unreachable()
                        : Failure.NOBODY_LISTENS.with(failed.endpoint().port()));
        tried[triedCount++] = failed;
        leavePool();
        retry();
    }

    private void attach(Http1Back connection) {
        back = connection;
        ByteBuf bytes = java.util.Objects.requireNonNull(head, "begin comes first");
        connection.start(this, bytes.retainedSlice(), record.isHead(bytes));
        while (!waitingBody.isEmpty()) {
            bodySent = true;
            connection.send(waitingBody.poll());
        }
        connection.flush();
        if (!requestComplete) {
            front.readRequest(connection.isWritable());
        }
    }

    /** Part of the request's body; takes over the buffer. */
    void requestBody(ByteBuf data) {
        if (back == null) {
            if (active) {
                waitingBody.add(data);
                front.readRequest(false);
            } else {
                data.release();
            }
            return;
        }
        bodySent = true;
        waitingSinceTick = loop.tick();
        back.send(data);
        if (!back.isWritable()) {
            stuckSinceTick = stuckSinceTick == NOT_STUCK ? loop.tick() : stuckSinceTick;
            front.readRequest(false);
        }
    }

    void requestEnd() {
        requestComplete = true;
        waitingSinceTick = loop.tick();
    }

    void requestFlush() {
        if (back != null) {
            back.flush();
        }
    }

    /** The client takes more of the answer again, or not for now. */
    void frontWritable(boolean writable) {
        if (back != null) {
            back.readResponse(writable);
        }
    }

    void backWritable(boolean writable) {
        stuckSinceTick = writable ? NOT_STUCK : loop.tick();
        front.readRequest(writable);
    }

    void informational(ResponseHead response) {
        front.informational(response);
    }

    void switched(ResponseHead response) {
        answered = true;
        record.status(response.status());
        front.switched(response);
    }

    void responseHead(ResponseHead response, boolean hasBody, int bytesAtHand) {
        answered = true;
        record.status(response.status());
        front.responseHead(response, hasBody, bytesAtHand);
    }

    boolean takesChunks() {
        return front.takesChunks();
    }

    void responseBody(ByteBuf data) {
        waitingSinceTick = loop.tick();
        record.responseBytes(data.readableBytes());
        front.responseBody(data);
        if (!front.isWritable() && back != null) {
            back.readResponse(false);
        }
    }

    void responseFlush() {
        front.responseFlush();
    }

    /** The answer is complete and the connection has been taken back. */
    void responseEnd(@Nullable Fields trailers) {
        back = null;
        finish();
        front.responseEnd(trailers);
    }

    /** The connection to the replica broke, or what came over it is no HTTP. */
    void backFailed(Failure failure, boolean wasPooled, boolean sawBytes) {
        back = null;
        if (answered) {
            finish();
            front.abort();
        } else if (wasPooled && !sawBytes && !resent && idempotent && !bodySent) {
            resent = true;
            unconnectedSinceTick = loop.tick();
            loop.metrics().retries++;
            leavePool();
            retry();
        } else {
            fail(failure);
        }
    }

    private void fail(Failure failure) {
        record.status(failure.status());
        ByteBuf bytes = java.util.Objects.requireNonNull(head, "begin comes first");
        String requestId = record.requestId(bytes);
        boolean json = ErrorPage.wantsJson(bytes);
        finish();
        front.refuse(failure, requestId, json);
    }

    /** The client is gone, or will not be answered by the replica any more. */
    void cancel() {
        if (active) {
            Http1Back abandoned = back;
            back = null;
            if (abandoned != null) {
                abandoned.abandon();
            }
            finish();
        }
    }

    private void finish() {
        active = false;
        leavePool();
        if (head != null) {
            record.end(head, loop);
            head.release();
            head = null;
        }
        while (!waitingBody.isEmpty()) {
            waitingBody.poll().release();
        }
        java.util.Arrays.fill(tried, null);
        route = null;
    }

    private void leavePool() {
        if (pool != null) {
            pool.requestEnded();
            pool = null;
        }
    }

    /** Looks at the deadlines of a request that waits for its replica. */
    void sweep(int tick) {
        if (active && pool != null && loop.isLost(pool.endpoint())) {
            replicaLost(pool);
            return;
        }
        int quietSeconds = tick - waitingSinceTick;
        if (active
                && back == null
                && tick - unconnectedSinceTick >= loop.limits().reachSeconds()) {
            fail(triedCount == 0 ? Failure.TOO_BUSY : unreachable());
        }
        if (!active || back == null) {
            return;
        }
        if (back.pool().isDrainOver(tick)) {
            giveUp(Failure.CLOSED_WITHOUT_ANSWER);
        } else if (back.isTunnel()) {
            if (quietSeconds >= loop.limits().tunnelIdleSeconds()) {
                giveUp(Failure.CLOSED_WITHOUT_ANSWER);
            }
        } else if (answered) {
            if (quietSeconds >= loop.limits().responseIdleSeconds()) {
                giveUp(Failure.CLOSED_WITHOUT_ANSWER);
            }
        } else if (isUnanswered(tick, quietSeconds)) {
            // the next requests go elsewhere first
            back.pool().unresponsive();
            giveUp(Failure.NO_ANSWER_IN_TIME.with(loop.limits().responseSeconds()));
        }
    }

    private Failure unreachable() {
        return Failure.UNREACHABLE.with(loop.limits().reachSeconds() * MILLIS_PER_SECOND);
    }

    /** The replica has all of the request and says nothing, or takes no more of it. */
    private boolean isUnanswered(int tick, int quietSeconds) {
        int limitSeconds = loop.limits().responseSeconds();
        boolean stuck = stuckSinceTick != NOT_STUCK && tick - stuckSinceTick >= limitSeconds;
        return stuck || (requestComplete && quietSeconds >= limitSeconds);
    }

    private void replicaLost(BackPool lost) {
        Http1Back abandoned = back;
        if (abandoned != null && (answered || !idempotent || bodySent)) {
            giveUp(Failure.CLOSED_WITHOUT_ANSWER);
            return;
        }
        back = null;
        if (abandoned != null) {
            abandoned.abandon();
            unconnectedSinceTick = loop.tick();
        }
        loop.metrics().retries++;
        record.failed(Failure.CLOSED_WITHOUT_ANSWER);
        tried[triedCount++] = lost;
        leavePool();
        retry();
    }

    private void giveUp(Failure failure) {
        Http1Back abandoned = java.util.Objects.requireNonNull(back, "waits for a replica");
        back = null;
        abandoned.abandon();
        if (answered) {
            finish();
            front.abort();
        } else {
            fail(failure);
        }
    }

    boolean isActive() {
        return active;
    }

    boolean isRequestComplete() {
        return requestComplete;
    }

    boolean isAnswered() {
        return answered;
    }

    RequestRecord record() {
        return record;
    }
}
