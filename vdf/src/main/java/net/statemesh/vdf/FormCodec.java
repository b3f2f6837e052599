// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Reduced forms as bytes: a, then (b - 1) / 2 (b is odd), each in ceil(bits / 16) bytes, big-endian, the second in two's complement.
 * c follows from the discriminant. Each reduced form has exactly one encoding and decoding takes nothing else.
 */
final class FormCodec {
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
        for (int i = 0; i < halfBytes; i++) {
            out[offset + halfBytes - 1 - i] = (byte) byteAt(f.a, Byte.SIZE * i);
            int half = byteAt(f.b, Byte.SIZE * i + 1);
            out[offset + 2 * halfBytes - 1 - i] = (byte) (f.b.negative ? ~half : half);
        }
    }

    /** Reads a form that {@link #write} wrote, checking nothing. */
    void readTrusted(byte[] in, int offset, MutableForm f) {
        readEnds(in, offset, f);
        group.completeEnd(f);
    }

    /** Reads a form; false, with f in any state, when the bytes are not the encoding of a reduced form of this discriminant. */
    boolean read(byte[] in, int offset, MutableForm f) {
        readEnds(in, offset, f);
        if (f.a.isZero() || f.b.compareMagnitude(f.a) > 0 || !group.completeEndExactly(f)) {
            return false;
        }
        int ends = f.a.compareMagnitude(f.c);
        boolean onEdge = ends == 0 || f.b.compareMagnitude(f.a) == 0;
        return ends <= 0 && !(onEdge && f.b.negative);
    }

    private void readEnds(byte[] in, int offset, MutableForm f) {
        boolean negative = in[offset + halfBytes] < 0;
        clear(f.a);
        clear(f.b);
        for (int i = 0; i < halfBytes; i++) {
            setByte(f.a, i, in[offset + halfBytes - 1 - i] & 0xff);
            int half = in[offset + 2 * halfBytes - 1 - i] & 0xff;
            setByte(f.b, i, negative ? half ^ 0xff : half);
        }
        f.a.size = Limbs.trim(f.a.limbs, limbs());
        Limbs.shiftLeft(f.b.limbs, f.b.limbs, limbs(), 1);
        f.b.limbs[0] |= 1;
        f.b.size = Limbs.trim(f.b.limbs, limbs());
        f.b.negative = negative;
    }

    /** The top bit of (b - 1) / 2 is its sign, so that doubling it stays within these limbs. */
    private int limbs() {
        return (halfBytes + Long.BYTES - 1) / Long.BYTES;
    }

    private void clear(Register r) {
        java.util.Arrays.fill(r.limbs, 0, limbs(), 0);
        r.negative = false;
    }

    private static void setByte(Register r, int index, int value) {
        r.limbs[index / Long.BYTES] |= (long) value << (Byte.SIZE * (index % Long.BYTES));
    }

    private static int byteAt(Register r, int bit) {
        return (int) r.bitsFrom(bit) & 0xff;
    }
}
