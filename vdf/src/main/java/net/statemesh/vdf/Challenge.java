// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The prime that a proof must answer: 264 bits, from everything that the proof is about. {@code docs/vdf.md} has the reasons. */
final class Challenge {
    static final int BITS = 264;
    /**
     * Candidates looked at before the search gives up. About 92 are needed on average, so an honest prover meets this bound with a probability
     * of e^-44; it bounds what a verifier can be made to do.
     */
    static final int MAX_CANDIDATES = 4096;

    private static final byte[] TAG = "StateMesh VDF challenge 1\n".getBytes(StandardCharsets.US_ASCII);

    private Challenge() {}

    /** The first probable prime among the candidates; empty when the bound is met. */
    static Optional<BigInteger> prime(Statement statement, byte[] input, byte[] output) {
        MessageDigest sha256 = CounterHash.sha256();
        byte[] transcript = transcript(sha256, statement, input, output);
        for (int candidate = 0; candidate < MAX_CANDIDATES; candidate++) {
            BigInteger n = candidate(sha256, transcript, candidate);
            if (Primality.isProbablePrime(n)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    /** SHA-256(tag | u16 bits | |D| | u64 squarings | input | output | u8 key length | key). */
    private static byte[] transcript(MessageDigest sha256, Statement statement, byte[] input, byte[] output) {
        sha256.update(TAG);
        sha256.update(statement.header().array());
        sha256.update(input);
        sha256.update(output);
        ByteBuffer key = ByteBuffer.allocate(1 + statement.keyLength());
        key.put((byte) statement.keyLength());
        statement.writeKey(key);
        sha256.update(key.array());
        return sha256.digest();
    }

    /** The first 33 bytes of SHA-256(transcript | u32 2i) | SHA-256(transcript | u32 2i + 1), top and bottom bit set. */
    private static BigInteger candidate(MessageDigest sha256, byte[] transcript, int i) {
        byte[] bytes = new byte[BITS / Byte.SIZE];
        byte[] first = block(sha256, transcript, 2 * i);
        byte[] second = block(sha256, transcript, 2 * i + 1);
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(second, 0, bytes, first.length, bytes.length - first.length);
        bytes[0] |= (byte) 0x80;
        bytes[bytes.length - 1] |= 1;
        return new BigInteger(1, bytes);
    }

    private static byte[] block(MessageDigest sha256, byte[] transcript, int counter) {
        byte[] in = Arrays.copyOf(transcript, transcript.length + Integer.BYTES);
        ByteBuffer.wrap(in).putInt(transcript.length, counter);
        return sha256.digest(in);
    }
}
