// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * The multiplications and divisions of long numbers, which is where a native library pays off; everything else is the same Java for
 * every back end. Results never share a register with an operand.
 */
sealed interface LimbArithmetic permits JavaLimbs, GmpLimbs {
    /** r = x y. */
    void multiply(Register r, Register x, Register y);

    /** r = x². */
    void square(Register r, Register x);

    /** n = q d + r with |r| &lt; |d|, rounded towards zero, for d != 0. */
    void divide(Register q, Register r, Register n, Register d);

    /** q = n / d where d != 0 is known to divide n; may leave n with another value. */
    void divideExactly(Register q, Register n, Register d);
}
