// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), alone and in counter mode. */
final class CounterHash {
    private CounterHash() {}

    /** SHA-256(seed | u16 0) | SHA-256(seed | u16 1) | …, cut to {@code length} bytes; big-endian counters. */
    static byte[] bytes(byte[] seed, int length) {
        MessageDigest sha256 = sha256();
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int counter = 0; out.hasRemaining(); counter++) {
            sha256.update(seed);
            sha256.update((byte) (counter >>> 8));
            sha256.update((byte) counter);
            byte[] digest = sha256.digest();
            out.put(digest, 0, Math.min(digest.length, out.remaining()));
        }
        return out.array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
