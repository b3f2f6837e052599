// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reduced forms as bytes: a, then (b - 1) / 2 (b is odd), each in ceil(bits / 16) bytes, big-endian, the second in two's complement.
 * c follows from the discriminant. Each reduced form has exactly one encoding and decoding takes nothing else.
 */
final class FormCodec {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ClassGroup group;
    private final int halfBytes;

    FormCodec(ClassGroup group) {
        this.group = group;
        halfBytes = halfBytes(group.discriminant().bits());
    }

    private static int halfBytes(int discriminantBits) {
        return (discriminantBits + 15) / 16;
    }

    /** Length of an encoded form. */
    static int length(int discriminantBits) {
        return 2 * halfBytes(discriminantBits);
    }

    int length() {
        return 2 * halfBytes;
    }

    byte[] encode(Form f) {
        byte[] out = new byte[length()];
        write(group.load(f), out, 0);
        return out;
    }

    void write(MutableForm f, byte[] out, int offset) {
        for (int i = 0; i < halfBytes; i += Long.BYTES) {
            put(out, offset, i, f.a.bitsFrom(Byte.SIZE * i));
            long half = f.b.bitsFrom(Byte.SIZE * i + 1);
            put(out, offset + halfBytes, i, f.b.negative ? ~half : half);
        }
    }

    /** Reads a form; false, with f in any state, when the bytes are not the encoding of a reduced form of this discriminant. */
    boolean read(byte[] in, int offset, MutableForm f) {
        readCoefficients(in, offset, f);
        if (f.a.isZero() || f.b.compareMagnitude(f.a) > 0 || !group.completeEndExactly(f)) {
            return false;
        }
        int ends = f.a.compareMagnitude(f.c);
        boolean onEdge = ends == 0 || f.b.compareMagnitude(f.a) == 0;
        return ends <= 0 && !(onEdge && f.b.negative);
    }

    /** Reads a and b, checking nothing; c keeps what it had. */
    void readCoefficients(byte[] in, int offset, MutableForm f) {
        boolean negative = in[offset + halfBytes] < 0;
        for (int i = 0; i < halfBytes; i += Long.BYTES) {
            f.a.limbs[i / Long.BYTES] = get(in, offset, i, false);
            f.b.limbs[i / Long.BYTES] = get(in, offset + halfBytes, i, negative);
        }
        f.a.size = Limbs.trim(f.a.limbs, limbs());
        f.a.negative = false;
        Limbs.shiftLeft(f.b.limbs, f.b.limbs, limbs(), 1);
        f.b.limbs[0] |= 1;
        f.b.size = Limbs.trim(f.b.limbs, limbs());
        f.b.negative = negative;
    }

    /** The top bit of (b - 1) / 2 is its sign, so that doubling it stays within these limbs. */
    private int limbs() {
        return (halfBytes + Long.BYTES - 1) / Long.BYTES;
    }

    /** Writes the word whose lowest byte is number {@code index} from the right of a half, or what of it belongs to the half. */
    private void put(byte[] out, int offset, int index, long word) {
        int end = offset + halfBytes - index;
        if (halfBytes - index >= Long.BYTES) {
            WORDS.set(out, end - Long.BYTES, word);
            return;
        }
        for (int i = 0; i < halfBytes - index; i++) {
            out[end - 1 - i] = (byte) (word >>> (Byte.SIZE * i));
        }
    }

    private long get(byte[] in, int offset, int index, boolean complement) {
        int end = offset + halfBytes - index;
        if (halfBytes - index >= Long.BYTES) {
            long word = (long) WORDS.get(in, end - Long.BYTES);
            return complement ? ~word : word;
        }
        long word = 0;
        for (int i = 0; i < halfBytes - index; i++) {
            long value = in[end - 1 - i] & 0xffL;
            word |= (complement ? value ^ 0xff : value) << (Byte.SIZE * i);
        }
        return word;
    }
}
