// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * A primality test that gives the same answer everywhere, because provers and verifiers must agree: trial division, Miller-Rabin to the
 * first bases, and a strong Lucas test (with base 2 that is Baillie-PSW, for which no composite is known to pass).
 *
 * <p>Source: Baillie and Wagstaff, "Lucas pseudoprimes" (1980); Crandall and Pomerance, "Prime Numbers", algorithms 3.5.2 and 3.6.9.
 */
final class Primality {
    private static final int[] BASES = {2, 3, 5, 7};
    private static final int TRIAL_LIMIT = 1000;
    private static final int[] SMALL_PRIMES = primesBelow(TRIAL_LIMIT);
    private static final long[] PRODUCTS = products();
    private static final int MAX_LUCAS_TRIES = 1000;

    private Primality() {}

    static boolean isProbablePrime(BigInteger n) {
        if (n.compareTo(BigInteger.valueOf((long) TRIAL_LIMIT * TRIAL_LIMIT)) < 0) {
            return n.intValue() > 1 && isSmallPrime(n.intValue());
        }
        return n.testBit(0) && !hasSmallFactor(n) && passesMillerRabin(n) && passesStrongLucas(n);
    }

    static int[] primesBelow(int limit) {
        boolean[] composite = new boolean[limit];
        int[] primes = new int[limit];
        int count = 0;
        for (int p = 2; p < limit; p++) {
            if (!composite[p]) {
                primes[count++] = p;
                for (long m = (long) p * p; m < limit; m += p) {
                    composite[(int) m] = true;
                }
            }
        }
        return java.util.Arrays.copyOf(primes, count);
    }

    private static boolean isSmallPrime(int n) {
        for (int p : SMALL_PRIMES) {
            if (n % p == 0) {
                return n == p;
            }
        }
        return true;
    }

    /** Products of as many small odd primes as fit a word each, so that one long division serves several of them. */
    private static long[] products() {
        long[] products = new long[SMALL_PRIMES.length];
        int count = 0;
        long product = 1;
        for (int i = 1; i < SMALL_PRIMES.length; i++) {
            if (product > Long.MAX_VALUE / SMALL_PRIMES[i]) {
                products[count++] = product;
                product = 1;
            }
            product *= SMALL_PRIMES[i];
        }
        products[count++] = product;
        return java.util.Arrays.copyOf(products, count);
    }

    private static boolean hasSmallFactor(BigInteger n) {
        int next = 1;
        for (long product : PRODUCTS) {
            long rest = n.mod(BigInteger.valueOf(product)).longValue();
            while (product > 1) {
                int p = SMALL_PRIMES[next++];
                if (rest % p == 0) {
                    return true;
                }
                product /= p;
            }
        }
        return false;
    }

    private static boolean passesMillerRabin(BigInteger n) {
        BigInteger last = n.subtract(BigInteger.ONE);
        int twos = last.getLowestSetBit();
        BigInteger odd = last.shiftRight(twos);
        for (int base : BASES) {
            BigInteger z = BigInteger.valueOf(base).modPow(odd, n);
            if (z.equals(BigInteger.ONE)) {
                continue;
            }
            for (int i = 1; i < twos && !z.equals(last); i++) {
                z = z.multiply(z).mod(n);
            }
            if (!z.equals(last)) {
                return false;
            }
        }
        return true;
    }

    /** Selfridge's parameters: the first d of 5, -7, 9, … with (d / n) = -1, p = 1, q = (1 - d) / 4. */
    private static boolean passesStrongLucas(BigInteger n) {
        int d = 5;
        for (int tries = 0; ; tries++) {
            int symbol = jacobi(d, n);
            if (symbol == -1) {
                break;
            }
            if (symbol == 0 || tries > MAX_LUCAS_TRIES || (tries == 20 && isSquare(n))) {
                return false;
            }
            d = d > 0 ? -(d + 2) : 2 - d;
        }
        return strongLucas(n, d, (1 - d) / 4);
    }

    private static boolean isSquare(BigInteger n) {
        BigInteger root = n.sqrt();
        return root.multiply(root).equals(n);
    }

    private static boolean strongLucas(BigInteger n, int d, int qWord) {
        BigInteger next = n.add(BigInteger.ONE);
        int twos = next.getLowestSetBit();
        BigInteger odd = next.shiftRight(twos);
        BigInteger u = BigInteger.ONE;
        BigInteger v = BigInteger.ONE;
        BigInteger q = BigInteger.valueOf(qWord);
        BigInteger dBig = BigInteger.valueOf(d);
        BigInteger qPower = q.mod(n);
        for (int i = odd.bitLength() - 2; i >= 0; i--) {
            u = u.multiply(v).mod(n);
            v = v.multiply(v).subtract(qPower.shiftLeft(1)).mod(n);
            qPower = qPower.multiply(qPower).mod(n);
            if (odd.testBit(i)) {
                BigInteger nextU = halve(u.add(v), n);
                v = halve(dBig.multiply(u).add(v), n);
                u = nextU;
                qPower = qPower.multiply(q).mod(n);
            }
        }
        if (u.signum() == 0 || v.signum() == 0) {
            return true;
        }
        for (int i = 1; i < twos; i++) {
            v = v.multiply(v).subtract(qPower.shiftLeft(1)).mod(n);
            if (v.signum() == 0) {
                return true;
            }
            qPower = qPower.multiply(qPower).mod(n);
        }
        return false;
    }

    private static BigInteger halve(BigInteger x, BigInteger n) {
        return (x.testBit(0) ? x.add(n) : x).shiftRight(1).mod(n);
    }

    /** The Jacobi symbol (a / n) for odd n &gt; 0. */
    static int jacobi(int a, BigInteger n) {
        int sign = 1;
        int small = Math.abs(a);
        int nMod8 = n.intValue() & 7;
        if (a < 0 && (nMod8 & 3) == 3) {
            sign = -sign;
        }
        while (small % 2 == 0) {
            small /= 2;
            if (nMod8 == 3 || nMod8 == 5) {
                sign = -sign;
            }
        }
        if ((small & 3) == 3 && (nMod8 & 3) == 3) {
            sign = -sign;
        }
        return sign * jacobi(n.mod(BigInteger.valueOf(small)).intValue(), small);
    }

    private static int jacobi(int a, int n) {
        int sign = 1;
        int x = a;
        int m = n;
        while (x != 0) {
            while (x % 2 == 0) {
                x /= 2;
                if ((m & 7) == 3 || (m & 7) == 5) {
                    sign = -sign;
                }
            }
            int t = x;
            x = m;
            m = t;
            if ((x & 3) == 3 && (m & 3) == 3) {
                sign = -sign;
            }
            x %= m;
        }
        return m == 1 ? sign : 0;
    }
}
