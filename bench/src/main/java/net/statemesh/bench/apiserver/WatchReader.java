// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Reads one watch; every event is looked at whole, and the sequence number in it reported. */
final class WatchReader extends ChannelInboundHandlerAdapter {
    /** Stands before the number in the object that a write makes. */
    static final String MARK = "sequence=";

    static final int DIGITS = 9;

    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

    private final Deliveries deliveries;
    private byte[] line = new byte[8 << 10];
    private int length;

    WatchReader(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame headers) {
                deliveries.opened(headers.headers().status().toString());
            } else if (message instanceof Http2DataFrame data) {
                collect(data.content());
                if (data.isEndStream()) {
                    deliveries.lost("a watch was ended by the server");
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    void failed(Throwable why) {
        deliveries.lost("a watch could not be started: " + why);
    }

    private void collect(ByteBuf piece) {
        while (piece.isReadable()) {
            int end = piece.bytesBefore((byte) '\n');
            int count = end < 0 ? piece.readableBytes() : end;
            if (length + count > line.length) {
                line = java.util.Arrays.copyOf(line, Math.max(2 * line.length, length + count));
            }
            piece.readBytes(line, length, count);
            length += count;
            if (end >= 0) {
                piece.skipBytes(1);
                deliveries.event(sequence());
                length = 0;
            }
        }
    }

    /** The number after the mark, -1 when there is none. The mark is near the end: status comes last. */
    private int sequence() {
        for (int at = length - MARK_BYTES.length - DIGITS; at >= 0; at--) {
            if (line[at] == MARK_BYTES[0] && marked(at)) {
                int number = 0;
                for (int i = 0; i < DIGITS; i++) {
                    number = 10 * number + line[at + MARK_BYTES.length + i] - '0';
                }
                return number;
            }
        }
        return -1;
    }

    private boolean marked(int at) {
        for (int i = 0; i < MARK_BYTES.length; i++) {
            if (line[at + i] != MARK_BYTES[i]) {
                return false;
            }
        }
        return true;
    }
}
