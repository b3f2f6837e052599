// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Multiplication and division through the mpn layer of libgmp, called on the Java arrays themselves: the calls are <i>critical</i>, so
 * nothing is copied or allocated, and short, as critical calls must be.
 *
 * <p>Source: GNU MP manual, "Low-level Functions".
 */
final class GmpLimbs implements LimbArithmetic {
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final MemoryLayout SIZE = ValueLayout.JAVA_LONG;

    private static final MethodHandle MULTIPLY = GmpLibrary.function(
            GmpLibrary.MULTIPLY, FunctionDescriptor.of(ValueLayout.JAVA_LONG, POINTER, POINTER, SIZE, POINTER, SIZE));
    private static final MethodHandle SQUARE =
            GmpLibrary.function(GmpLibrary.SQUARE, FunctionDescriptor.ofVoid(POINTER, POINTER, SIZE));
    private static final MethodHandle DIVIDE = GmpLibrary.function(
            GmpLibrary.DIVIDE, FunctionDescriptor.ofVoid(POINTER, POINTER, SIZE, POINTER, SIZE, POINTER, SIZE));
    private static final MethodHandle DIVIDE_EXACTLY = GmpLibrary.function(
            GmpLibrary.DIVIDE_EXACTLY, FunctionDescriptor.ofVoid(POINTER, POINTER, SIZE, POINTER, SIZE));

    /** @throws UnsatisfiedLinkError where {@link GmpLibrary#isUsable} is false */
    GmpLimbs() {}

    @Override
    public void multiply(Register r, Register x, Register y) {
        if (x.size == 0 || y.size == 0) {
            r.set(0);
            return;
        }
        Register longer = x.size >= y.size ? x : y;
        Register shorter = x.size >= y.size ? y : x;
        try {
            long ignored = (long) MULTIPLY.invokeExact(
                    r.segment, longer.segment, (long) longer.size, shorter.segment, (long) shorter.size);
        } catch (Throwable e) {
            throw new AssertionError("mpn_mul cannot fail", e);
        }
        r.size = Limbs.trim(r.limbs, x.size + y.size);
        r.negative = x.negative ^ y.negative;
    }

    @Override
    public void square(Register r, Register x) {
        if (x.size == 0) {
            r.set(0);
            return;
        }
        try {
            SQUARE.invokeExact(r.segment, x.segment, (long) x.size);
        } catch (Throwable e) {
            throw new AssertionError("mpn_sqr cannot fail", e);
        }
        r.size = Limbs.trim(r.limbs, 2 * x.size);
        r.negative = false;
    }

    @Override
    public void divide(Register q, Register r, Register n, Register d) {
        if (n.size < d.size) {
            q.set(0);
            r.set(n);
            return;
        }
        try {
            DIVIDE.invokeExact(q.segment, r.segment, 0L, n.segment, (long) n.size, d.segment, (long) d.size);
        } catch (Throwable e) {
            throw new AssertionError("mpn_tdiv_qr cannot fail", e);
        }
        q.size = Limbs.trim(q.limbs, n.size - d.size + 1);
        q.negative = q.size > 0 && (n.negative ^ d.negative);
        r.size = Limbs.trim(r.limbs, d.size);
        r.negative = r.size > 0 && n.negative;
    }

    @Override
    public void divideExactly(Register q, Register n, Register d) {
        if (n.size < d.size) {
            q.set(0);
            return;
        }
        try {
            DIVIDE_EXACTLY.invokeExact(q.segment, n.segment, (long) n.size, d.segment, (long) d.size);
        } catch (Throwable e) {
            throw new AssertionError("mpn_divexact cannot fail", e);
        }
        q.size = Limbs.trim(q.limbs, n.size - d.size + 1);
        q.negative = q.size > 0 && (n.negative ^ d.negative);
    }
}
