// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The operands of PUSH3 to PUSH32, read from padded code. */
final class Operands {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Operands() {}

    /** @param length 1 to 8 bytes */
    static long upToLong(byte[] code, int at, int length) {
        return (long) LONGS.get(code, at) >>> ((Long.BYTES - length) << 3);
    }

    /** @param length 1 to 32 bytes */
    static void push(byte[] code, int at, int length, long[] s, int sp) {
        int left = length;
        for (int i = 0; i < 4; i++) {
            if (left >= Long.BYTES) {
                left -= Long.BYTES;
                s[sp + i] = (long) LONGS.get(code, at + left);
            } else {
                s[sp + i] = left == 0 ? 0 : upToLong(code, at, left);
                left = 0;
            }
        }
    }
}
