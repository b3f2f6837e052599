// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.statemesh.evm.type.Bytes;

/**
 * A frame's memory. Whoever reads or writes has called {@link #reach} before, which charges for growth; a method that returns gas returns a
 * negative number when it does not suffice.
 */
final class Memory {
    /** What no gas limit in use pays for: at this size the memory alone costs 2 * 10^12. */
    private static final long MAX_BYTES = 1L << 30;

    private static final int FIRST_CAPACITY_BYTES = 1024;
    /** A frame that had more gives it back before it is used again. */
    private static final int KEPT_CAPACITY_BYTES = 1 << 20;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[FIRST_CAPACITY_BYTES];
    private int size;

    void clear() {
        if (bytes.length > KEPT_CAPACITY_BYTES) {
            bytes = new byte[FIRST_CAPACITY_BYTES];
        } else {
            Arrays.fill(bytes, 0, size, (byte) 0);
        }
        size = 0;
    }

    /** Multiple of 32. */
    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    /** Makes memory reach {@code length} bytes beyond the offset on the stack at {@code at}. */
    long reach(long[] s, int at, int length, long gas) {
        long offset = s[at];
        if ((s[at + 1] | s[at + 2] | s[at + 3]) == 0 && offset >= 0 && offset <= size - length) {
            return gas;
        }
        return (s[at + 1] | s[at + 2] | s[at + 3]) != 0 || offset < 0 ? -1 : grow(offset, length, gas);
    }

    /** Makes memory hold the range whose offset and length are on the stack; a range without length needs nothing. */
    long reachRange(long[] s, int offsetAt, int lengthAt, long gas) {
        long length = s[lengthAt];
        long high = s[lengthAt + 1] | s[lengthAt + 2] | s[lengthAt + 3];
        if ((length | high) == 0) {
            return gas;
        }
        long offset = s[offsetAt];
        high |= s[offsetAt + 1] | s[offsetAt + 2] | s[offsetAt + 3];
        return high != 0 || length < 0 || offset < 0 || length > MAX_BYTES ? -1 : grow(offset, length, gas);
    }

    private long grow(long offset, long length, long gas) {
        if (offset > MAX_BYTES - length) {
            return -1;
        }
        long end = offset + length;
        if (end <= size) {
            return gas;
        }
        long words = GasSchedule.words(end);
        long left = gas - (cost(words) - cost(size >> 5));
        if (left < 0) {
            return left;
        }
        int newSize = (int) (words << 5);
        if (newSize > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(2L * bytes.length, newSize)));
        }
        size = newSize;
        return left;
    }

    private static long cost(long words) {
        return GasSchedule.MEMORY_WORD * words + words * words / GasSchedule.MEMORY_QUADRATIC_QUOTIENT;
    }

    /** MLOAD: replaces the offset by the word. */
    void load(long[] s, int at) {
        int offset = (int) s[at];
        s[at] = (long) LONGS.get(bytes, offset + 24);
        s[at + 1] = (long) LONGS.get(bytes, offset + 16);
        s[at + 2] = (long) LONGS.get(bytes, offset + 8);
        s[at + 3] = (long) LONGS.get(bytes, offset);
    }

    void store(long offset, long[] s, int at) {
        int to = (int) offset;
        LONGS.set(bytes, to, s[at + 3]);
        LONGS.set(bytes, to + 8, s[at + 2]);
        LONGS.set(bytes, to + 16, s[at + 1]);
        LONGS.set(bytes, to + 24, s[at]);
    }

    void storeByte(long offset, long value) {
        bytes[(int) offset] = (byte) value;
    }

    /** Copies what there is of the source and fills the rest with zeros. */
    void copyIn(long offset, byte[] source, int sourceStart, int sourceEnd, long[] s, int sourceOffsetAt, int length) {
        if (length == 0) {
            return;
        }
        int to = (int) offset;
        int available = sourceEnd - sourceStart;
        boolean isBeyond = (s[sourceOffsetAt + 1] | s[sourceOffsetAt + 2] | s[sourceOffsetAt + 3]) != 0
                || Long.compareUnsigned(s[sourceOffsetAt], available) >= 0;
        int from = isBeyond ? available : (int) s[sourceOffsetAt];
        int copied = Math.min(length, available - from);
        System.arraycopy(source, sourceStart + from, bytes, to, copied);
        Arrays.fill(bytes, to + copied, to + length, (byte) 0);
    }

    void move(long to, long from, int length) {
        if (length != 0) {
            System.arraycopy(bytes, (int) from, bytes, (int) to, length);
        }
    }

    /** Result of a call: as much as there is, as much as there is room for. */
    void copyResult(int to, int room, byte[] result) {
        System.arraycopy(result, 0, bytes, to, Math.min(room, result.length));
    }

    byte[] copy(long offset, int length) {
        return length == 0 ? new byte[0] : Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    Bytes snapshot() {
        return Bytes.wrap(Arrays.copyOf(bytes, size));
    }
}
