// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

/** The compression function F of BLAKE2b with a free number of rounds. Source: RFC 7693, section 3.2. */
public final class Blake2bCompression {
    public static final int STATE_WORDS = 8;
    public static final int BLOCK_WORDS = 16;

    private static final long[] IV = {
        0x6a09e667f3bcc908L,
        0xbb67ae8584caa73bL,
        0x3c6ef372fe94f82bL,
        0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L,
        0x9b05688c2b3e6c1fL,
        0x1f83d9abfb41bd6bL,
        0x5be0cd19137e2179L
    };

    private static final byte[][] SIGMA = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
    };

    private Blake2bCompression() {}

    /**
     * Works a block into the state.
     *
     * @param rounds unsigned
     * @param state eight words, changed
     * @param block sixteen words
     */
    public static void compress(int rounds, long[] state, long[] block, long offset0, long offset1, boolean isLast) {
        long[] schedule = new long[SIGMA.length * BLOCK_WORDS];
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = block[SIGMA[i / BLOCK_WORDS][i % BLOCK_WORDS]];
        }
        long[] v = new long[2 * STATE_WORDS];
        System.arraycopy(state, 0, v, 0, STATE_WORDS);
        System.arraycopy(IV, 0, v, STATE_WORDS, STATE_WORDS);
        v[12] ^= offset0;
        v[13] ^= offset1;
        if (isLast) {
            v[14] = ~v[14];
        }
        run(Integer.toUnsignedLong(rounds), v, schedule);
        for (int i = 0; i < STATE_WORDS; i++) {
            state[i] ^= v[i] ^ v[i + STATE_WORDS];
        }
    }

    /** The rounds, with the working vector in local variables: a caller may ask for four thousand million. */
    private static void run(long rounds, long[] v, long[] schedule) {
        long v0 = v[0];
        long v1 = v[1];
        long v2 = v[2];
        long v3 = v[3];
        long v4 = v[4];
        long v5 = v[5];
        long v6 = v[6];
        long v7 = v[7];
        long v8 = v[8];
        long v9 = v[9];
        long v10 = v[10];
        long v11 = v[11];
        long v12 = v[12];
        long v13 = v[13];
        long v14 = v[14];
        long v15 = v[15];
        int m = 0;
        for (long round = 0; round < rounds; round++) {
            v0 = v0 + v4 + schedule[m];
            v1 = v1 + v5 + schedule[m + 2];
            v2 = v2 + v6 + schedule[m + 4];
            v3 = v3 + v7 + schedule[m + 6];
            v12 = Long.rotateRight(v12 ^ v0, 32);
            v13 = Long.rotateRight(v13 ^ v1, 32);
            v14 = Long.rotateRight(v14 ^ v2, 32);
            v15 = Long.rotateRight(v15 ^ v3, 32);
            v8 += v12;
            v9 += v13;
            v10 += v14;
            v11 += v15;
            v4 = Long.rotateRight(v4 ^ v8, 24);
            v5 = Long.rotateRight(v5 ^ v9, 24);
            v6 = Long.rotateRight(v6 ^ v10, 24);
            v7 = Long.rotateRight(v7 ^ v11, 24);
            v0 = v0 + v4 + schedule[m + 1];
            v1 = v1 + v5 + schedule[m + 3];
            v2 = v2 + v6 + schedule[m + 5];
            v3 = v3 + v7 + schedule[m + 7];
            v12 = Long.rotateRight(v12 ^ v0, 16);
            v13 = Long.rotateRight(v13 ^ v1, 16);
            v14 = Long.rotateRight(v14 ^ v2, 16);
            v15 = Long.rotateRight(v15 ^ v3, 16);
            v8 += v12;
            v9 += v13;
            v10 += v14;
            v11 += v15;
            v4 = Long.rotateRight(v4 ^ v8, 63);
            v5 = Long.rotateRight(v5 ^ v9, 63);
            v6 = Long.rotateRight(v6 ^ v10, 63);
            v7 = Long.rotateRight(v7 ^ v11, 63);
            v0 = v0 + v5 + schedule[m + 8];
            v1 = v1 + v6 + schedule[m + 10];
            v2 = v2 + v7 + schedule[m + 12];
            v3 = v3 + v4 + schedule[m + 14];
            v15 = Long.rotateRight(v15 ^ v0, 32);
            v12 = Long.rotateRight(v12 ^ v1, 32);
            v13 = Long.rotateRight(v13 ^ v2, 32);
            v14 = Long.rotateRight(v14 ^ v3, 32);
            v10 += v15;
            v11 += v12;
            v8 += v13;
            v9 += v14;
            v5 = Long.rotateRight(v5 ^ v10, 24);
            v6 = Long.rotateRight(v6 ^ v11, 24);
            v7 = Long.rotateRight(v7 ^ v8, 24);
            v4 = Long.rotateRight(v4 ^ v9, 24);
            v0 = v0 + v5 + schedule[m + 9];
            v1 = v1 + v6 + schedule[m + 11];
            v2 = v2 + v7 + schedule[m + 13];
            v3 = v3 + v4 + schedule[m + 15];
            v15 = Long.rotateRight(v15 ^ v0, 16);
            v12 = Long.rotateRight(v12 ^ v1, 16);
            v13 = Long.rotateRight(v13 ^ v2, 16);
            v14 = Long.rotateRight(v14 ^ v3, 16);
            v10 += v15;
            v11 += v12;
            v8 += v13;
            v9 += v14;
            v5 = Long.rotateRight(v5 ^ v10, 63);
            v6 = Long.rotateRight(v6 ^ v11, 63);
            v7 = Long.rotateRight(v7 ^ v8, 63);
            v4 = Long.rotateRight(v4 ^ v9, 63);
            m = m + BLOCK_WORDS == schedule.length ? 0 : m + BLOCK_WORDS;
        }
        v[0] = v0;
        v[1] = v1;
        v[2] = v2;
        v[3] = v3;
        v[4] = v4;
        v[5] = v5;
        v[6] = v6;
        v[7] = v7;
        v[8] = v8;
        v[9] = v9;
        v[10] = v10;
        v[11] = v11;
        v[12] = v12;
        v[13] = v13;
        v[14] = v14;
        v[15] = v15;
    }
}
