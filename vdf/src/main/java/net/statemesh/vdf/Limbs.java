// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Natural numbers as little-endian limbs of 64 bits in arrays that the caller owns; lengths are in limbs. Nothing here allocates.
 *
 * <p>Source: Knuth, TAOCP 2, 4.3.1.
 */
final class Limbs {
    private Limbs() {}

    /** 1 when a &lt; b as unsigned words: what a subtraction borrows. */
    static long borrow(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    /** Length without leading zero limbs. */
    static int trim(long[] a, int size) {
        int n = size;
        while (n > 0 && a[n - 1] == 0) {
            n--;
        }
        return n;
    }

    static int bitLength(long[] a, int size) {
        return size == 0 ? 0 : 64 * size - Long.numberOfLeadingZeros(a[size - 1]);
    }

    static int compare(long[] a, int aSize, long[] b, int bSize) {
        if (aSize != bSize) {
            return Integer.compare(aSize, bSize);
        }
        for (int i = aSize - 1; i >= 0; i--) {
            if (a[i] != b[i]) {
                return Long.compareUnsigned(a[i], b[i]);
            }
        }
        return 0;
    }

    /** r = a + b for aSize &gt;= bSize; returns the size. r may be a or b and holds aSize + 1 limbs. */
    static int add(long[] r, long[] a, int aSize, long[] b, int bSize) {
        long carry = 0;
        for (int i = 0; i < bSize; i++) {
            long s = a[i] + b[i];
            long t = s + carry;
            carry = borrow(s, a[i]) + borrow(t, s);
            r[i] = t;
        }
        for (int i = bSize; i < aSize; i++) {
            long t = a[i] + carry;
            carry = borrow(t, carry);
            r[i] = t;
        }
        if (carry == 0) {
            return aSize;
        }
        r[aSize] = carry;
        return aSize + 1;
    }

    /** r = a - b for a &gt;= b; returns the size. r may be a or b. */
    static int subtract(long[] r, long[] a, int aSize, long[] b, int bSize) {
        long borrow = 0;
        for (int i = 0; i < bSize; i++) {
            long s = a[i] - b[i];
            long t = s - borrow;
            borrow = borrow(a[i], b[i]) + borrow(s, borrow);
            r[i] = t;
        }
        for (int i = bSize; i < aSize; i++) {
            long s = a[i];
            r[i] = s - borrow;
            borrow = borrow(s, borrow);
        }
        return trim(r, aSize);
    }

    /** r = a &lt;&lt; bits for 0 &lt;= bits &lt; 64; returns the top limb that falls out. r may be a. */
    static long shiftLeft(long[] r, long[] a, int size, int bits) {
        if (bits == 0) {
            System.arraycopy(a, 0, r, 0, size);
            return 0;
        }
        long out = 0;
        for (int i = 0; i < size; i++) {
            long limb = a[i];
            r[i] = limb << bits | out;
            out = limb >>> (64 - bits);
        }
        return out;
    }

    /** r = a &gt;&gt;&gt; bits for 0 &lt;= bits &lt; 64. r may be a. */
    static void shiftRight(long[] r, long[] a, int size, int bits) {
        if (bits == 0) {
            System.arraycopy(a, 0, r, 0, size);
            return;
        }
        for (int i = 0; i < size - 1; i++) {
            r[i] = a[i] >>> bits | a[i + 1] << (64 - bits);
        }
        r[size - 1] = a[size - 1] >>> bits;
    }

    /** r = a * word; returns the limb above. r may be a. */
    static long multiplyWord(long[] r, long[] a, int size, long word) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            long low = a[i] * word;
            long high = Math.unsignedMultiplyHigh(a[i], word);
            low += carry;
            carry = high + borrow(low, carry);
            r[i] = low;
        }
        return carry;
    }

    /** r[from..] += a * word; returns the limb to add above. */
    static long addMultiple(long[] r, int from, long[] a, int size, long word) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            long low = a[i] * word;
            long high = Math.unsignedMultiplyHigh(a[i], word);
            low += carry;
            high += borrow(low, carry);
            long old = r[from + i];
            low += old;
            carry = high + borrow(low, old);
            r[from + i] = low;
        }
        return carry;
    }

    /** r[from..] -= a * word; returns the limb to subtract above. */
    static long subtractMultiple(long[] r, int from, long[] a, int size, long word) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            long low = a[i] * word;
            long high = Math.unsignedMultiplyHigh(a[i], word);
            low += carry;
            high += borrow(low, carry);
            long old = r[from + i];
            r[from + i] = old - low;
            carry = high + borrow(old, low);
        }
        return carry;
    }

    /** r = x p + y q; returns the size. r is neither x nor y and holds max(xSize, ySize) + 1 limbs; p, q &lt; 2^63. */
    static int combine(long[] r, long[] x, int xSize, long p, long[] y, int ySize, long q) {
        int both = Math.min(xSize, ySize);
        long carry = 0;
        for (int i = 0; i < both; i++) {
            long low = x[i] * p;
            long high = Math.unsignedMultiplyHigh(x[i], p);
            long low2 = y[i] * q;
            high += Math.unsignedMultiplyHigh(y[i], q);
            low += carry;
            high += borrow(low, carry);
            low += low2;
            carry = high + borrow(low, low2);
            r[i] = low;
        }
        long[] rest = xSize > ySize ? x : y;
        long word = xSize > ySize ? p : q;
        int longer = Math.max(xSize, ySize);
        for (int i = both; i < longer; i++) {
            long low = rest[i] * word;
            long high = Math.unsignedMultiplyHigh(rest[i], word);
            low += carry;
            carry = high + borrow(low, carry);
            r[i] = low;
        }
        r[longer] = carry;
        return trim(r, longer + 1);
    }

    /**
     * (x, y) = (x a - y b, y d - x c), both known to be non-negative and to fit {@code size} limbs; x and y hold zeros up to size;
     * the entries are below 2^63.
     */
    static void transform(long[] x, long[] y, int size, long a, long b, long c, long d) {
        long xCarry = 0;
        long yCarry = 0;
        for (int i = 0; i < size; i++) {
            long xi = x[i];
            long yi = y[i];
            long low = xi * a;
            long low2 = yi * b;
            long high = Math.unsignedMultiplyHigh(xi, a) - Math.unsignedMultiplyHigh(yi, b) - borrow(low, low2);
            long t = low - low2;
            long u = t + xCarry;
            xCarry = high + (xCarry >> 63) + borrow(u, t);
            x[i] = u;
            low = yi * d;
            low2 = xi * c;
            high = Math.unsignedMultiplyHigh(yi, d) - Math.unsignedMultiplyHigh(xi, c) - borrow(low, low2);
            t = low - low2;
            u = t + yCarry;
            yCarry = high + (yCarry >> 63) + borrow(u, t);
            y[i] = u;
        }
    }

    /** (v, w) = (v a + w b, v c + w d); both hold zeros up to {@code size} and room for one limb more; the entries are below 2^63. */
    static void transformSum(long[] v, long[] w, int size, long a, long b, long c, long d) {
        long vCarry = 0;
        long wCarry = 0;
        for (int i = 0; i < size; i++) {
            long vi = v[i];
            long wi = w[i];
            long low = vi * a;
            long low2 = wi * b;
            long high = Math.unsignedMultiplyHigh(vi, a) + Math.unsignedMultiplyHigh(wi, b);
            low += vCarry;
            high += borrow(low, vCarry);
            low += low2;
            vCarry = high + borrow(low, low2);
            v[i] = low;
            low = vi * c;
            low2 = wi * d;
            high = Math.unsignedMultiplyHigh(vi, c) + Math.unsignedMultiplyHigh(wi, d);
            low += wCarry;
            high += borrow(low, wCarry);
            low += low2;
            wCarry = high + borrow(low, low2);
            w[i] = low;
        }
        v[size] = vCarry;
        w[size] = wCarry;
    }
}
