// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Discriminant, serialisation and challenge of chiavdf, as the vectors' README describes them; read strictly. */
final class ChiaDialect {
    static final int FORM_BYTES = 100;

    private static final int IDENTITY = 4;
    private static final int GENERATOR = 8;
    private static final int CHALLENGE_BITS = 264;

    private ChiaDialect() {}

    static Discriminant discriminant(byte[] seed, int bits) {
        return Discriminant.of(hashPrime(seed, bits, 0, 1, 2, bits - 1));
    }

    static BigInteger challenge(byte[] x, byte[] y) {
        byte[] both = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, both, x.length, y.length);
        return hashPrime(both, CHALLENGE_BITS, CHALLENGE_BITS - 1);
    }

    private static BigInteger hashPrime(byte[] seed, int bits, int... forced) {
        byte[] sprout = seed.clone();
        while (true) {
            ByteBuffer blob = ByteBuffer.allocate(bits / 8);
            while (blob.hasRemaining()) {
                increment(sprout);
                byte[] digest = CounterHash.sha256().digest(sprout);
                blob.put(digest, 0, Math.min(digest.length, blob.remaining()));
            }
            BigInteger n = new BigInteger(1, blob.array()).setBit(0);
            for (int bit : forced) {
                n = n.setBit(bit);
            }
            if (Primality.isProbablePrime(n)) {
                return n;
            }
        }
    }

    private static void increment(byte[] number) {
        for (int i = number.length - 1; i >= 0 && ++number[i] == 0; i--) {}
    }

    static byte[] serialise(Discriminant d, Form f) {
        byte[] out = new byte[FORM_BYTES];
        if (f.equals(d.identity())) {
            out[0] = IDENTITY;
            return out;
        }
        if (f.equals(d.generator())) {
            out[0] = GENERATOR;
            return out;
        }
        BigInteger t = f.a().equals(f.b()) ? BigInteger.ZERO : cofactorAtRoot(f.a(), f.b().abs());
        BigInteger g = t.signum() == 0 ? f.a() : f.a().gcd(t);
        BigInteger a = f.a().divide(g);
        BigInteger b0 = g.equals(BigInteger.ONE) ? BigInteger.ZERO : f.b().abs().divide(a);
        int gSize = (g.bitLength() + 7) / 8 - 1;
        int bits = (d.bits() + 31) / 32 * 32;
        out[0] = (byte) ((f.b().signum() < 0 ? 1 : 0) | (t.signum() < 0 ? 2 : 0));
        out[1] = (byte) gSize;
        int at = put(out, 2, a, bits / 16 - gSize);
        at = put(out, at, t.divide(g).abs(), bits / 32 - gSize);
        at = put(out, at, g, gSize + 1);
        put(out, at, b0, gSize + 1);
        return out;
    }

    /** Empty unless the bytes are the serialisation of a reduced form of the discriminant. */
    static Optional<Form> parse(Discriminant d, byte[] bytes) {
        if (bytes.length != FORM_BYTES) {
            return Optional.empty();
        }
        return parseLoosely(d, bytes).filter(f -> Arrays.equals(serialise(d, f), bytes));
    }

    private static Optional<Form> parseLoosely(Discriminant d, byte[] in) {
        if (in[0] == IDENTITY || in[0] == GENERATOR) {
            return Optional.of(in[0] == IDENTITY ? d.identity() : d.generator());
        }
        int bits = (d.bits() + 31) / 32 * 32;
        int gSize = in[1];
        if (gSize < 0 || gSize >= bits / 32) {
            return Optional.empty();
        }
        int at = 2;
        BigInteger a = number(in, at, bits / 16 - gSize);
        at += bits / 16 - gSize;
        BigInteger t = number(in, at, bits / 32 - gSize);
        at += bits / 32 - gSize;
        BigInteger g = number(in, at, gSize + 1);
        BigInteger b0 = number(in, at + gSize + 1, gSize + 1);
        if ((in[0] & 2) != 0) {
            t = t.negate();
        }
        if (t.signum() == 0 || a.signum() == 0 || !a.gcd(t).equals(BigInteger.ONE)) {
            return Optional.empty();
        }
        BigInteger square = t.multiply(t).multiply(d.value()).mod(a);
        BigInteger root = square.sqrt();
        if (!root.multiply(root).equals(square)) {
            return Optional.empty();
        }
        BigInteger b = root.multiply(t.modInverse(a)).mod(a).add(a.multiply(b0));
        return GoDialect.form(d, a.multiply(g), (in[0] & 1) != 0 ? b.negate() : b);
    }

    static boolean verify(Discriminant d, long squarings, byte[] blob, Backend backend) {
        if (blob.length != 2 * FORM_BYTES) {
            return false;
        }
        byte[] yBytes = Arrays.copyOfRange(blob, 0, FORM_BYTES);
        Optional<Form> y = parse(d, yBytes);
        Optional<Form> pi = parse(d, Arrays.copyOfRange(blob, FORM_BYTES, blob.length));
        BigInteger challenge = challenge(serialise(d, d.generator()), yBytes);
        return y.isPresent()
                && pi.isPresent()
                && new Verifier(new ClassGroup(d, backend))
                        .holds(d.generator(), y.get(), pi.get(), squarings, challenge);
    }

    /** t with t b = r modulo a for the first remainder r of Euclid's algorithm that is at most the square root of a. */
    private static BigInteger cofactorAtRoot(BigInteger a, BigInteger b) {
        BigInteger root = a.sqrt();
        BigInteger r0 = a;
        BigInteger r1 = b;
        BigInteger t0 = BigInteger.ZERO;
        BigInteger t1 = BigInteger.ONE;
        while (r1.compareTo(root) > 0) {
            BigInteger q = r0.divide(r1);
            BigInteger r2 = r0.subtract(q.multiply(r1));
            BigInteger t2 = t0.subtract(q.multiply(t1));
            r0 = r1;
            r1 = r2;
            t0 = t1;
            t1 = t2;
        }
        return t1;
    }

    private static int put(byte[] out, int at, BigInteger n, int bytes) {
        byte[] digits = n.toByteArray();
        for (int i = 0; i < Math.min(bytes, digits.length); i++) {
            out[at + i] = digits[digits.length - 1 - i];
        }
        return at + bytes;
    }

    private static BigInteger number(byte[] in, int at, int bytes) {
        byte[] digits = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            digits[i] = in[at + bytes - 1 - i];
        }
        return new BigInteger(1, digits);
    }
}
