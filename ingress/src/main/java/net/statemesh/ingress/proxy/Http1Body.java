// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import net.statemesh.ingress.Limits;
import net.statemesh.ingress.http1.ChunkedBody;
import net.statemesh.ingress.http1.MessageHead;
import net.statemesh.ingress.http1.RequestHead;
import org.jspecify.annotations.Nullable;

/** Finds the end of a request's body in what arrives, and holds it to its limits. One object reads many bodies, one after another. */
final class Http1Body {
    static final int REFUSED = -1;

    private final Limits limits;
    private final RequestBodyPace pace = new RequestBodyPace();
    private final ChunkedBody chunks = new ChunkedBody();
    private boolean chunked;
    private long remainingBytes;
    private @Nullable Failure failure;

    Http1Body(Limits limits) {
        this.limits = limits;
    }

    /** Starts with the body of a request; {@link #isComplete} tells at once when there is none. */
    void begin(RequestHead head, int tick) {
        pace.begin(tick);
        chunked = head.isChunked();
        if (chunked) {
            chunks.reset();
        }
        remainingBytes = head.contentLength() == MessageHead.NO_LENGTH ? 0 : head.contentLength();
    }

    /** How many of the readable bytes belong to the body, or {@link #REFUSED}; call {@link #received} with what was taken. */
    int next(ByteBuf in) {
        if (!chunked) {
            return (int) Math.min(remainingBytes, in.readableBytes());
        }
        int count = chunks.advance(in, in.readerIndex(), in.writerIndex(), null);
        if (count < 0) {
            failure = Failure.of(chunks.refusal());
            return REFUSED;
        }
        if (pace.bytes() + count > limits.maxRequestBodyBytes()) {
            failure = Failure.BODY_TOO_LARGE.with(limits.maxRequestBodyBytes());
            return REFUSED;
        }
        return count;
    }

    void received(int bytes, int tick) {
        pace.received(bytes, tick);
        if (!chunked) {
            remainingBytes -= bytes;
        }
    }

    boolean isComplete() {
        return chunked ? chunks.isFinished() : remainingBytes == 0;
    }

    boolean isTooSlow(int tick, boolean reading) {
        return pace.isTooSlow(tick, reading, limits);
    }

    /** Why it was refused. */
    Failure failure() {
        return java.util.Objects.requireNonNull(failure, "only after a refusal");
    }
}
