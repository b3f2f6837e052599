// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Arrays;

/**
 * Division and remainders on the stack: top by second, result in the second's place; by zero gives zero. Long division over digits of 32 bits
 * with room of its own. Source: Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
 */
final class Division {
    private static final long DIGIT = 0xffff_ffffL;
    private static final int WORD_DIGITS = 8;

    /** Dividend of up to 512 bits and one digit more; what is left of it is the remainder. */
    private final int[] dividend = new int[2 * WORD_DIGITS + 1];

    private final int[] divisor = new int[WORD_DIGITS];
    private final int[] quotient = new int[2 * WORD_DIGITS + 1];
    private final long[] wide = new long[8];

    void divide(long[] s, int t) {
        if (isLong(s, t) && isLong(s, t - 4)) {
            s[t - 4] = s[t - 4] == 0 ? 0 : Long.divideUnsigned(s[t], s[t - 4]);
            return;
        }
        int divisorDigits = load(s, t - 4, 4, divisor);
        if (divisorDigits == 0) {
            return;
        }
        int digits = load(s, t, 4, dividend);
        run(digits, divisorDigits);
        store(quotient, 0, Math.max(0, digits - divisorDigits + 1), s, t - 4);
    }

    void remainder(long[] s, int t) {
        if (isLong(s, t) && isLong(s, t - 4)) {
            s[t - 4] = s[t - 4] == 0 ? 0 : Long.remainderUnsigned(s[t], s[t - 4]);
            return;
        }
        remainder(s, t, 4, s, t - 4, s, t - 4);
    }

    void divideSigned(long[] s, int t) {
        boolean isNegative = (s[t + 3] ^ s[t - 1]) < 0;
        makeAbsolute(s, t);
        makeAbsolute(s, t - 4);
        divide(s, t);
        if (isNegative) {
            Arithmetic.negate(s, t - 4);
        }
    }

    /** The sign is the dividend's. */
    void remainderSigned(long[] s, int t) {
        boolean isNegative = s[t + 3] < 0;
        makeAbsolute(s, t);
        makeAbsolute(s, t - 4);
        remainder(s, t);
        if (isNegative) {
            Arithmetic.negate(s, t - 4);
        }
    }

    /** (top + second) mod third, without losing the carry; the result goes to the third's place. */
    void addModulo(long[] s, int t) {
        long carry = 0;
        for (int i = 0; i < 4; i++) {
            long sum = s[t + i] + s[t - 4 + i];
            long next = Arithmetic.carry(s[t + i], s[t - 4 + i], sum);
            wide[i] = sum + carry;
            carry = next | Arithmetic.carry(sum, carry, wide[i]);
        }
        wide[4] = carry;
        remainder(wide, 0, 5, s, t - 8, s, t - 8);
    }

    /** (top * second) mod third, over the whole product; the result goes to the third's place. */
    void multiplyModulo(long[] s, int t) {
        Arrays.fill(wide, 0);
        for (int i = 0; i < 4; i++) {
            long carry = 0;
            for (int j = 0; j < 4; j++) {
                long low = s[t + i] * s[t - 4 + j];
                long high = Math.unsignedMultiplyHigh(s[t + i], s[t - 4 + j]);
                low += carry;
                high += Arithmetic.below(low, carry);
                wide[i + j] += low;
                carry = high + Arithmetic.below(wide[i + j], low);
            }
            wide[i + 4] = carry;
        }
        remainder(wide, 0, 8, s, t - 8, s, t - 8);
    }

    private void remainder(long[] a, int i, int limbs, long[] modulus, int j, long[] out, int k) {
        int divisorDigits = load(modulus, j, 4, divisor);
        if (divisorDigits == 0) {
            return;
        }
        int digits = load(a, i, limbs, dividend);
        int shift = run(digits, divisorDigits);
        int used = digits < divisorDigits ? digits : divisorDigits;
        for (int digit = 0; digit < used; digit++) {
            long pair = (dividend[digit] & DIGIT) | (long) dividend[digit + 1] << 32;
            dividend[digit] = (int) (pair >>> shift);
        }
        store(dividend, 0, used, out, k);
    }

    private static boolean isLong(long[] s, int at) {
        return (s[at + 1] | s[at + 2] | s[at + 3]) == 0;
    }

    private static void makeAbsolute(long[] s, int at) {
        if (s[at + 3] < 0) {
            Arithmetic.negate(s, at);
        }
    }

    /** Splits into digits and returns how many there are without leading zeros; the digit after them is zero if there is room. */
    private static int load(long[] a, int at, int limbs, int[] digits) {
        int count = 0;
        for (int i = 0; i < limbs; i++) {
            digits[2 * i] = (int) a[at + i];
            digits[2 * i + 1] = (int) (a[at + i] >>> 32);
        }
        for (int i = 2 * limbs - 1; i >= 0 && count == 0; i--) {
            count = digits[i] == 0 ? 0 : i + 1;
        }
        if (count < digits.length) {
            digits[count] = 0;
        }
        return count;
    }

    private static void store(int[] digits, int from, int count, long[] out, int at) {
        for (int i = 0; i < 4; i++) {
            long low = 2 * i < count ? digits[from + 2 * i] & DIGIT : 0;
            long high = 2 * i + 1 < count ? digits[from + 2 * i + 1] & DIGIT : 0;
            out[at + i] = low | high << 32;
        }
    }

    /** Divides; the dividend becomes the remainder, shifted left by the number of bits that is returned. */
    private int run(int digits, int divisorDigits) {
        if (digits < divisorDigits) {
            dividend[digits] = 0;
            return 0;
        }
        if (divisorDigits == 1) {
            divideByDigit(digits);
            return 0;
        }
        int shift = Integer.numberOfLeadingZeros(divisor[divisorDigits - 1]);
        shiftLeft(divisor, divisorDigits, shift);
        dividend[digits] = shift == 0 ? 0 : dividend[digits - 1] >>> (32 - shift);
        shiftLeft(dividend, digits, shift);
        for (int i = digits - divisorDigits; i >= 0; i--) {
            quotient[i] = quotientDigit(i, divisorDigits);
        }
        return shift;
    }

    private void divideByDigit(int digits) {
        long by = divisor[0] & DIGIT;
        long rest = 0;
        for (int i = digits - 1; i >= 0; i--) {
            long pair = rest << 32 | (dividend[i] & DIGIT);
            long digit = Long.divideUnsigned(pair, by);
            quotient[i] = (int) digit;
            rest = pair - digit * by;
        }
        dividend[0] = (int) rest;
        dividend[1] = 0;
    }

    private static void shiftLeft(int[] digits, int count, int shift) {
        if (shift == 0) {
            return;
        }
        for (int i = count - 1; i > 0; i--) {
            digits[i] = digits[i] << shift | digits[i - 1] >>> (32 - shift);
        }
        digits[0] <<= shift;
    }

    /** One step of algorithm D: guesses a digit from the leading digits, corrects it, subtracts. */
    private int quotientDigit(int i, int n) {
        long top = divisor[n - 1] & DIGIT;
        long next = divisor[n - 2] & DIGIT;
        long pair = (dividend[i + n] & DIGIT) << 32 | (dividend[i + n - 1] & DIGIT);
        long guess = Long.divideUnsigned(pair, top);
        long rest = pair - guess * top;
        while (guess > DIGIT || Long.compareUnsigned(guess * next, rest << 32 | (dividend[i + n - 2] & DIGIT)) > 0) {
            guess--;
            rest += top;
            if (rest > DIGIT) {
                break;
            }
        }
        if (subtract(i, n, guess)) {
            guess--;
            addBack(i, n);
        }
        return (int) guess;
    }

    /** Whether the result is negative. */
    private boolean subtract(int i, int n, long factor) {
        long carry = 0;
        long borrow = 0;
        for (int j = 0; j < n; j++) {
            long product = factor * (divisor[j] & DIGIT) + carry;
            carry = product >>> 32;
            long difference = (dividend[i + j] & DIGIT) - (product & DIGIT) - borrow;
            dividend[i + j] = (int) difference;
            borrow = difference >>> 63;
        }
        long difference = (dividend[i + n] & DIGIT) - carry - borrow;
        dividend[i + n] = (int) difference;
        return difference < 0;
    }

    private void addBack(int i, int n) {
        long carry = 0;
        for (int j = 0; j < n; j++) {
            long sum = (dividend[i + j] & DIGIT) + (divisor[j] & DIGIT) + carry;
            dividend[i + j] = (int) sum;
            carry = sum >>> 32;
        }
        dividend[i + n] += (int) carry;
    }
}
