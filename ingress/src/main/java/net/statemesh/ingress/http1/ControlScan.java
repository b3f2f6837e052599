// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds control characters eight bytes at a time: one pass finds the end of a line and proves the rest of it clean. */
final class ControlScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long SPACES = ONES * 0x20;
    private static final long DELETES = ONES * 0x7f;

    private ControlScan() {}

    /** Index of the first byte below 0x20 or equal to 0x7f in {@code [from, to)}, or {@code to}. */
    static int next(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            // a borrow can only mark bytes above a true hit, so the lowest mark is exact
            long below = (word - SPACES) & ~word & HIGH_BITS;
            long other = word ^ DELETES;
            long delete = (other - ONES) & ~other & HIGH_BITS;
            long hits = below | delete;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (at < to && !isControl(bytes[at])) {
            at++;
        }
        return at;
    }

    static boolean isControl(byte value) {
        return (value >= 0 && value < 0x20) || value == 0x7f;
    }

    /** Eight bytes as a little-endian number, for comparing short constants at once. */
    static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }
}
