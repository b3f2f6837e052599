// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The prime that a proof must answer: 264 bits, one of {@value #CANDIDATES} candidates that follow from everything that the proof is about. The prover looks
 * for a prime among them and writes its number into the proof; the verifier tests that one alone, so that a wrong proof costs no more than a
 * true one. {@code docs/vdf.md} has the reasons.
 *
 * @param number of the candidate
 */
record Challenge(int number, BigInteger prime) {
    static final int BITS = 264;
    /** One candidate in 91.5 is prime, so that a statement has no challenge with a probability of e^-44 = 2^-64. */
    static final int CANDIDATES = 4096;

    private static final byte[] TAG = "StateMesh VDF challenge 1\n".getBytes(StandardCharsets.US_ASCII);

    /** The first prime; empty when there is none, which nobody will see. */
    static Optional<Challenge> first(Statement statement, byte[] input, byte[] output) {
        MessageDigest sha256 = CounterHash.sha256();
        byte[] transcript = transcript(sha256, statement, input, output);
        for (int number = 0; number < CANDIDATES; number++) {
            BigInteger candidate = candidate(sha256, transcript, number);
            if (Primality.isProbablePrime(candidate)) {
                return Optional.of(new Challenge(number, candidate));
            }
        }
        return Optional.empty();
    }

    /** The prime of this number; empty when there is no such candidate or it is no prime. */
    static Optional<Challenge> of(Statement statement, byte[] input, byte[] output, int number) {
        if (number >= CANDIDATES) {
            return Optional.empty();
        }
        MessageDigest sha256 = CounterHash.sha256();
        BigInteger candidate = candidate(sha256, transcript(sha256, statement, input, output), number);
        return Primality.isProbablePrime(candidate) ? Optional.of(new Challenge(number, candidate)) : Optional.empty();
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
