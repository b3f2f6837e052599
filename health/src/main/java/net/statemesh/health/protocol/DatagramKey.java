// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that two share, or the zone's, from which the master derives those. Tags are HMAC-SHA-256 (RFC 2104) cut to 128 bits. Not safe
 * for use by several threads.
 */
public final class DatagramKey {
    /** Length of a key in bytes. */
    public static final int KEY_BYTES = 32;

    static final int TAG_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte PAIR = 1;

    private final Mac mac;

    /** @throws IllegalArgumentException unless there are {@link #KEY_BYTES} bytes */
    public DatagramKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** Of the zone's key: what these two share, whoever is named first. The master is {@link Envelope#MASTER}. */
    public byte[] pair(int one, int other) {
        ByteBuffer label = ByteBuffer.allocate(1 + 2 * Integer.BYTES);
        label.put(PAIR).putInt(Math.min(one, other)).putInt(Math.max(one, other));
        return mac.doFinal(label.array());
    }

    byte[] tag(byte[] bytes, int length) {
        mac.update(bytes, 0, length);
        return Arrays.copyOf(mac.doFinal(), TAG_BYTES);
    }
}
