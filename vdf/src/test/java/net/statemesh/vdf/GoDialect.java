// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Serialisation and challenge of the first Time Towers' code, as the vectors' README describes them; read strictly. */
final class GoDialect {
    private GoDialect() {}

    static int size(Discriminant d) {
        return (d.bits() + 16) >> 4;
    }

    static byte[] serialise(Discriminant d, Form f) {
        ByteBuffer out = ByteBuffer.allocate(2 * size(d));
        out.put(signed(f.a(), size(d)));
        out.put(signed(f.b(), size(d)));
        return out.array();
    }

    /** Empty unless the bytes are the serialisation of a reduced form of the discriminant. */
    static Optional<Form> parse(Discriminant d, byte[] bytes) {
        if (bytes.length != 2 * size(d)) {
            return Optional.empty();
        }
        BigInteger a = new BigInteger(bytes, 0, size(d));
        BigInteger b = new BigInteger(bytes, size(d), size(d));
        return form(d, a, b);
    }

    static Optional<Form> form(Discriminant d, BigInteger a, BigInteger b) {
        if (a.signum() <= 0) {
            return Optional.empty();
        }
        BigInteger[] c = b.multiply(b).subtract(d.value()).divideAndRemainder(a.shiftLeft(2));
        Form f = new Form(a, b, c[0]);
        return c[1].signum() == 0 && f.isReduced() ? Optional.of(f) : Optional.empty();
    }

    /** The first probable prime among the leading 128 bits of SHA-256("prime" | u64 j | x | y). */
    static BigInteger hashToPrime(byte[] x, byte[] y) {
        MessageDigest sha256 = CounterHash.sha256();
        for (long j = 0; ; j++) {
            sha256.update("prime".getBytes(StandardCharsets.US_ASCII));
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(j).array());
            sha256.update(x);
            sha256.update(y);
            BigInteger n = new BigInteger(1, sha256.digest(), 0, 16);
            if (Primality.isProbablePrime(n)) {
                return n;
            }
        }
    }

    static boolean verify(Discriminant d, long squarings, byte[] blob, Backend backend) {
        if (blob.length != 4 * size(d)) {
            return false;
        }
        byte[] yBytes = Arrays.copyOfRange(blob, 0, 2 * size(d));
        Optional<Form> y = parse(d, yBytes);
        Optional<Form> pi = parse(d, Arrays.copyOfRange(blob, 2 * size(d), blob.length));
        BigInteger challenge = hashToPrime(serialise(d, d.generator()), yBytes);
        return y.isPresent()
                && pi.isPresent()
                && new Verifier(new ClassGroup(d, backend))
                        .holds(d.generator(), y.get(), pi.get(), squarings, challenge);
    }

    private static byte[] signed(BigInteger n, int bytes) {
        byte[] out = new byte[bytes];
        Arrays.fill(out, (byte) (n.signum() < 0 ? -1 : 0));
        byte[] digits = n.toByteArray();
        System.arraycopy(digits, 0, out, bytes - digits.length, digits.length);
        return out;
    }
}
