// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import java.util.Arrays;

/** Paths in a trie: one half byte per array element. Source: Ethereum yellow paper, appendix C. */
final class Nibbles {
    private static final int LEAF_FLAG = 2;
    private static final int ODD_FLAG = 1;

    private Nibbles() {}

    static byte[] of(byte[] key) {
        byte[] path = new byte[2 * key.length];
        for (int i = 0; i < key.length; i++) {
            path[2 * i] = (byte) ((key[i] >>> 4) & 0xf);
            path[2 * i + 1] = (byte) (key[i] & 0xf);
        }
        return path;
    }

    /** What {@link #of} was given. */
    static byte[] toKey(byte[] path) {
        byte[] key = new byte[path.length / 2];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) ((path[2 * i] << 4) | path[2 * i + 1]);
        }
        return key;
    }

    static int commonPrefix(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    static byte[] from(byte[] path, int start) {
        return Arrays.copyOfRange(path, start, path.length);
    }

    static byte[] join(byte[] head, int middle, byte[] tail) {
        byte[] path = Arrays.copyOf(head, head.length + 1 + tail.length);
        path[head.length] = (byte) middle;
        System.arraycopy(tail, 0, path, head.length + 1, tail.length);
        return path;
    }

    static byte[] join(byte[] head, byte[] tail) {
        byte[] path = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, path, head.length, tail.length);
        return path;
    }

    /** Hex-prefix encoding: flags and parity in the first half byte. */
    static byte[] encode(byte[] path, boolean isLeaf) {
        int odd = path.length & 1;
        byte[] encoded = new byte[path.length / 2 + 1];
        int flags = (isLeaf ? LEAF_FLAG : 0) | (odd == 1 ? ODD_FLAG : 0);
        encoded[0] = (byte) ((flags << 4) | (odd == 1 ? path[0] : 0));
        for (int i = 1; i < encoded.length; i++) {
            encoded[i] = (byte) ((path[2 * i - 2 + odd] << 4) | path[2 * i - 1 + odd]);
        }
        return encoded;
    }

    static boolean isLeaf(byte[] encoded) {
        return ((encoded[0] >>> 4) & LEAF_FLAG) != 0;
    }

    /** What {@link #encode} was given. */
    static byte[] decode(byte[] encoded) {
        byte[] all = of(encoded);
        return from(all, (all[0] & ODD_FLAG) == 1 ? 1 : 2);
    }
}
