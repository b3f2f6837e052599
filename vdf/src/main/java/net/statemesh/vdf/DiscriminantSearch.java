// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * From a seed to a prime: a start from SHA-256 in counter mode, moved to a residue modulo 8·3·5·7·11·13 that a prime of the wanted kind
 * can have, then the first probable prime in steps of that modulus. The same primes as the first Time Towers' code finds.
 */
final class DiscriminantSearch {
    static final int MIN_BITS = 32;

    private static final int MODULUS = 8 * 3 * 5 * 7 * 11 * 13;
    private static final int RESIDUE_BYTES = 2;
    private static final int[] RESIDUES = residues();
    private static final int SIEVE_LIMIT = 1 << 15;
    private static final int[] SIEVE_PRIMES = sievePrimes();
    private static final int BLOCK = 1 << 12;

    private DiscriminantSearch() {}

    static BigInteger find(byte[] seed, int bits) {
        BigInteger start = start(seed, bits);
        BigInteger step = BigInteger.valueOf(MODULUS);
        while (true) {
            boolean[] composite = sieve(start);
            for (int i = 0; i < BLOCK; i++) {
                if (composite[i]) {
                    continue;
                }
                BigInteger candidate = start.add(BigInteger.valueOf((long) i * MODULUS));
                if (Primality.isProbablePrime(candidate)) {
                    return candidate;
                }
            }
            start = start.add(step.multiply(BigInteger.valueOf(BLOCK)));
        }
    }

    private static BigInteger start(byte[] seed, int bits) {
        int length = (bits + 7) / 8 + RESIDUE_BYTES;
        byte[] entropy = CounterHash.bytes(seed, length);
        int residueDraw = ByteBuffer.wrap(entropy).getShort(length - RESIDUE_BYTES) & 0xffff;
        BigInteger n = new BigInteger(1, entropy, 0, length - RESIDUE_BYTES)
                .shiftRight((8 - (bits & 7)) & 7)
                .setBit(bits - 1);
        n = n.subtract(n.mod(BigInteger.valueOf(MODULUS)));
        return n.add(BigInteger.valueOf(RESIDUES[residueDraw % RESIDUES.length]));
    }

    /** Marks the candidates start + i·MODULUS that a small prime divides (and is not itself the candidate). */
    private static boolean[] sieve(BigInteger start) {
        boolean[] composite = new boolean[BLOCK];
        if (start.bitLength() <= Integer.SIZE) {
            return composite;
        }
        for (int p : SIEVE_PRIMES) {
            int rest = start.mod(BigInteger.valueOf(p)).intValue();
            int first = (int) ((long) (p - rest) * inverse(MODULUS % p, p) % p);
            for (int i = first; i < BLOCK; i += p) {
                composite[i] = true;
            }
        }
        return composite;
    }

    private static int inverse(int a, int p) {
        return BigInteger.valueOf(a).modInverse(BigInteger.valueOf(p)).intValue();
    }

    private static int[] residues() {
        int[] found = new int[MODULUS / 8];
        int count = 0;
        for (int r = 7; r < MODULUS; r += 8) {
            if (r % 3 != 0 && r % 5 != 0 && r % 7 != 0 && r % 11 != 0 && r % 13 != 0) {
                found[count++] = r;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    private static int[] sievePrimes() {
        return java.util.Arrays.stream(Primality.primesBelow(SIEVE_LIMIT))
                .filter(p -> p > 13)
                .toArray();
    }
}
