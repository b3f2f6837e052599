// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.util.Arrays;

/** Non-adjacent forms of width w: digits 0 or odd below 2^(w-1) in magnitude, at most one of w neighbours not 0. */
final class SignedWindows {
    private SignedWindows() {}

    /** Digits of n &gt;= 0, lowest first, without leading zeros. Source: Hankerson, Menezes, Vanstone, algorithm 3.35. */
    static byte[] digits(BigInteger n, int width) {
        byte[] digits = new byte[n.bitLength() + 1];
        int carry = 0;
        int length = 0;
        for (int i = 0; i < digits.length; ) {
            if ((n.testBit(i) ? 1 : 0) == carry) {
                i++;
                continue;
            }
            int window = carry;
            for (int j = 0; j < width && i + j < digits.length; j++) {
                window += n.testBit(i + j) ? 1 << j : 0;
            }
            carry = window >= 1 << (width - 1) ? 1 : 0;
            digits[i] = (byte) (window - (carry << width));
            length = i + 1;
            i += width;
        }
        return Arrays.copyOf(digits, length);
    }
}
