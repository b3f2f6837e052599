// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.protobuf;

import java.nio.charset.StandardCharsets;
import net.statemesh.kube.embedded.status.ApiException;

/** Reads the protobuf wire format (protobuf.dev/programming-guides/encoding), within the bounds of its bytes. */
final class Wire {
    static final int VARINT = 0;
    static final int LENGTH = 2;

    private static final int MAX_VARINT_BITS = 64;

    private final byte[] bytes;
    private final int end;
    private int at;

    Wire(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean more() {
        return at < end;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
            if (at >= end) {
                throw malformed();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    /** The content of a length-delimited field. */
    Wire message() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed();
        }
        Wire inner = new Wire(bytes, at, at + (int) length);
        at += (int) length;
        return inner;
    }

    String text() {
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    byte[] rest() {
        return java.util.Arrays.copyOfRange(bytes, at, end);
    }

    static ApiException malformed() {
        return ApiException.badRequest("the body is not valid protobuf; send JSON");
    }
}
