// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;

/** Looks for the end of a head that arrives in pieces, at the cost of the new bytes only. */
final class HeadEnd {
    /** An empty line can begin this many bytes before the new ones. */
    private static final int OVERLAP_BYTES = 3;

    private HeadEnd() {}

    /** Whether an empty line, in whatever form, ends behind the first {@code scanned} of {@code length} bytes. */
    static boolean isWithin(ByteBuf in, int scanned, int length) {
        int start = in.readerIndex();
        int newlineAt = -OVERLAP_BYTES;
        for (int at = Math.max(0, scanned - OVERLAP_BYTES); at < length; at++) {
            byte value = in.getByte(start + at);
            if (value == '\n') {
                if (newlineAt == at - 1 || (newlineAt == at - 2 && in.getByte(start + at - 1) == '\r')) {
                    return true;
                }
                newlineAt = at;
            }
        }
        return false;
    }

    static boolean hasLine(byte[] bytes) {
        for (byte value : bytes) {
            if (value == '\n') {
                return true;
            }
        }
        return false;
    }
}
