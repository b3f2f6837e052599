// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a proof proves: that the holder of {@code key} knows y = input^(2^squarings) in the class group of {@code discriminant}.
 *
 * <p>The key is bound into the proof, so that nobody can pass off somebody else's proof as their own; what kind of key it is, is up to the
 * caller.
 */
public final class Statement {
    /** Largest number of squarings: some months on one core. */
    public static final long MAX_SQUARINGS = 1L << 40;
    /** Longest key. */
    public static final int MAX_KEY_BYTES = 255;

    private static final byte[] DIGEST_TAG =
            "StateMesh VDF statement 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Discriminant discriminant;
    private final Form input;
    private final long squarings;
    private final byte[] key;

    /**
     * @param input a reduced form of the discriminant
     * @param squarings 1 to {@link #MAX_SQUARINGS}
     * @param key the claimant's key, 1 to {@value #MAX_KEY_BYTES} bytes
     * @throws IllegalArgumentException when one of them is not as said
     */
    public Statement(Discriminant discriminant, Form input, long squarings, byte[] key) {
        if (!input.isReduced() || !input.discriminant().equals(discriminant.value())) {
            throw new IllegalArgumentException("the input is not a reduced form of the discriminant");
        }
        if (squarings < 1 || squarings > MAX_SQUARINGS) {
            throw new IllegalArgumentException(
                    "squarings is " + squarings + "; 1 to " + MAX_SQUARINGS + " are accepted");
        }
        if (key.length < 1 || key.length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key has " + key.length + " bytes; 1 to " + MAX_KEY_BYTES + " are accepted");
        }
        this.discriminant = discriminant;
        this.input = input;
        this.squarings = squarings;
        this.key = key.clone();
    }

    public Discriminant discriminant() {
        return discriminant;
    }

    public Form input() {
        return input;
    }

    public long squarings() {
        return squarings;
    }

    public byte[] key() {
        return key.clone();
    }

    boolean hasKey(byte[] bytes, int offset, int length) {
        return Arrays.equals(key, 0, key.length, bytes, offset, offset + length);
    }

    int keyLength() {
        return key.length;
    }

    void writeKey(ByteBuffer out) {
        out.put(key);
    }

    /** Names this statement in checkpoints. */
    byte[] digest(FormCodec codec) {
        MessageDigest sha256 = CounterHash.sha256();
        sha256.update(DIGEST_TAG);
        sha256.update(header().array());
        sha256.update(codec.encode(input));
        sha256.update((byte) key.length);
        sha256.update(key);
        return sha256.digest();
    }

    /** u16 bits | D's magnitude, big-endian | u64 squarings. */
    ByteBuffer header() {
        byte[] magnitude = discriminant.absolute().toByteArray();
        int bytes = (discriminant.bits() + 7) / 8;
        ByteBuffer header = ByteBuffer.allocate(Short.BYTES + bytes + Long.BYTES);
        header.putShort((short) discriminant.bits());
        header.put(magnitude, magnitude.length - bytes, bytes);
        header.putLong(squarings);
        return header;
    }
}
