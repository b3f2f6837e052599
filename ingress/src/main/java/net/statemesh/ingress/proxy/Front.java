// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/** The client's side of one {@link Exchange}: a connection of HTTP/1 or a stream of HTTP/2. */
interface Front {
    /** Whether chunks are wanted with their framing; else their content only. */
    boolean takesChunks();

    /** An answer before the answer (1xx other than 101). */
    void informational(ResponseHead head);

    /** The replica agreed to a WebSocket: from now on bytes, both ways. */
    void switched(ResponseHead head);

    /**
     * The head of the answer.
     *
     * @param hasBody whether {@link #responseBody} will follow
     * @param bytesAtHand of the body that have arrived with it
     */
    void responseHead(ResponseHead head, boolean hasBody, int bytesAtHand);

    /** Part of the body; takes over the buffer. */
    void responseBody(ByteBuf data);

    /** The answer is complete; the front is free for the next request. */
    void responseEnd(@Nullable Fields trailers);

    /** No more for now: send what was given. */
    void responseFlush();

    /**
     * The router answers itself; nothing of an answer was sent yet.
     *
     * @param json whether the client wants JSON rather than HTML
     */
    void refuse(Failure failure, String requestId, boolean json);

    /** The answer cannot be completed and its beginning was sent: the client must notice. */
    void abort();

    /** Whether more of the answer may be given; else {@link Exchange#frontWritable} tells when. */
    boolean isWritable();

    /** Starts or stops reading the request's body. */
    void readRequest(boolean wanted);
}
