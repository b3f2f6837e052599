// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * For a ratio r / y in (0, 1), known by its {@value #INDEX_BITS} leading bits, two neighbours p1 / q1 &lt; r / y &lt; p2 / q2 in a Farey
 * sequence: p2 q1 - p1 q2 = 1, so that (r, y) becomes (q1 r - p1 y, p2 y - q2 r) by a unimodular matrix and both stay positive. They are as close as
 * the bits allow, which makes up for three to four steps of Euclid's algorithm.
 *
 * <p>Source: Graham, Knuth, Patashnik, "Concrete Mathematics", 4.5 (the Stern-Brocot tree).
 */
final class FareyTable {
    static final int INDEX_BITS = 11;

    /** Denominators are at most 2^INDEX_BITS - 1, numerators less. */
    private static final int FIELD_BITS = 12;

    private static final long FIELD_MASK = (1L << FIELD_BITS) - 1;

    /** An interval is this part of itself longer than the index says, for the sake of quotients that are a little too small. */
    private static final int SLACK = 16;

    /** p1, q1, p2, q2 from the lowest bits upward; the first and the last entry are 0, because their ratios are too close to 0 and 1. */
    private static final long[] ENTRIES = entries();

    private FareyTable() {}

    /** The entry for a ratio of which {@code fraction} holds the leading bits; bits above those do not count. */
    static long entry(long fraction) {
        return ENTRIES[(int) fraction & ((1 << INDEX_BITS) - 1)];
    }

    static long p1(long entry) {
        return entry & FIELD_MASK;
    }

    static long q1(long entry) {
        return (entry >>> FIELD_BITS) & FIELD_MASK;
    }

    static long p2(long entry) {
        return (entry >>> (2 * FIELD_BITS)) & FIELD_MASK;
    }

    static long q2(long entry) {
        return entry >>> (3 * FIELD_BITS);
    }

    private static long[] entries() {
        long[] entries = new long[1 << INDEX_BITS];
        for (int i = 1; i < entries.length - 1; i++) {
            entries[i] = neighbours((long) i * SLACK, (i + 1L) * SLACK + 1, (long) entries.length * SLACK);
        }
        return entries;
    }

    /** The last two that still enclose [low / scale, high / scale] on the way down the Stern-Brocot tree from 0/1 and 1/1. */
    private static long neighbours(long low, long high, long scale) {
        long p1 = 0;
        long q1 = 1;
        long p2 = 1;
        long q2 = 1;
        while (true) {
            long p = p1 + p2;
            long q = q1 + q2;
            if (p * scale <= low * q) {
                p1 = p;
                q1 = q;
            } else if (p * scale >= high * q) {
                p2 = p;
                q2 = q;
            } else {
                return p1 | (q1 << FIELD_BITS) | (p2 << (2 * FIELD_BITS)) | (q2 << (3 * FIELD_BITS));
            }
        }
    }
}
