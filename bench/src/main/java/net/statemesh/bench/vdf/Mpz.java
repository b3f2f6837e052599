// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.vdf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;

/** The mpz functions of libgmp that {@link PlainGmpSquaring} calls; a number is a segment holding an {@code mpz_t}. */
@SuppressWarnings("restricted") // signatures as in gmp.h
final class Mpz {
    private static final long STRUCT_BYTES = 16;
    private static final long SIZE_OFFSET = 4;
    private static final long LIMBS_OFFSET = 8;
    private static final MemoryLayout P = ValueLayout.ADDRESS;
    private static final SymbolLookup GMP = SymbolLookup.libraryLookup("libgmp.so.10", Arena.global());
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final MethodHandle INIT2 = function("init2", FunctionDescriptor.ofVoid(P, ValueLayout.JAVA_LONG));
    private static final MethodHandle GCDEXT = function("gcdext", FunctionDescriptor.ofVoid(P, P, P, P, P));
    private static final MethodHandle SET = function("set", FunctionDescriptor.ofVoid(P, P));
    private static final MethodHandle ADD = function("add", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle SUB = function("sub", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle MUL = function("mul", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle ADDMUL = function("addmul", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle SUBMUL = function("submul", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle DIVEXACT = function("divexact", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle FDIV_R = function("fdiv_r", FunctionDescriptor.ofVoid(P, P, P));
    private static final MethodHandle FDIV_QR = function("fdiv_qr", FunctionDescriptor.ofVoid(P, P, P, P));
    private static final MethodHandle MUL_SI =
            function("mul_si", FunctionDescriptor.ofVoid(P, P, ValueLayout.JAVA_LONG));
    private static final MethodHandle ADDMUL_UI =
            function("addmul_ui", FunctionDescriptor.ofVoid(P, P, ValueLayout.JAVA_LONG));
    private static final MethodHandle SUBMUL_UI =
            function("submul_ui", FunctionDescriptor.ofVoid(P, P, ValueLayout.JAVA_LONG));
    private static final MethodHandle CMP = function("cmp", FunctionDescriptor.of(ValueLayout.JAVA_INT, P, P));
    private static final MethodHandle CMPABS = function("cmpabs", FunctionDescriptor.of(ValueLayout.JAVA_INT, P, P));
    private static final MethodHandle IMPORT = function(
            "import",
            FunctionDescriptor.ofVoid(
                    P,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    P));

    private Mpz() {}

    /** A number of the given capacity, 0 at first; lives as long as the process. */
    static MemorySegment number(long capacityBits) {
        MemorySegment z = Arena.global().allocate(STRUCT_BYTES, Long.BYTES);
        try {
            INIT2.invokeExact(z, capacityBits);
        } catch (Throwable e) {
            throw failed(e);
        }
        return z;
    }

    static void set(MemorySegment z, BigInteger value) {
        byte[] bytes = value.abs().toByteArray();
        MemorySegment heap = MemorySegment.ofArray(bytes);
        try {
            IMPORT.invokeExact(z, (long) bytes.length, 1, 1L, 1, 0L, heap);
        } catch (Throwable e) {
            throw failed(e);
        }
        if (value.signum() < 0) {
            negate(z);
        }
    }

    static BigInteger get(MemorySegment z) {
        int limbs = Math.abs(size(z));
        byte[] bytes = new byte[limbs * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (limb(z, i / Long.BYTES) >>> (Byte.SIZE * (i % Long.BYTES)));
        }
        return new BigInteger(Integer.signum(size(z)), bytes);
    }

    static int size(MemorySegment z) {
        return z.get(ValueLayout.JAVA_INT, SIZE_OFFSET);
    }

    static int sign(MemorySegment z) {
        return Integer.signum(size(z));
    }

    static void negate(MemorySegment z) {
        z.set(ValueLayout.JAVA_INT, SIZE_OFFSET, -size(z));
    }

    static long limb(MemorySegment z, int index) {
        return MEMORY.get(
                ValueLayout.JAVA_LONG, z.get(ValueLayout.JAVA_LONG, LIMBS_OFFSET) + (long) Long.BYTES * index);
    }

    static int bitLength(MemorySegment z) {
        int limbs = Math.abs(size(z));
        return limbs == 0 ? 0 : Long.SIZE * limbs - Long.numberOfLeadingZeros(limb(z, limbs - 1));
    }

    /** |z| shifted right so far that at most 63 bits are left. */
    static long bitsFrom(MemorySegment z, int shift) {
        int limbs = Math.abs(size(z));
        int first = shift / Long.SIZE;
        int bits = shift % Long.SIZE;
        if (first >= limbs) {
            return 0;
        }
        long low = limb(z, first) >>> bits;
        return bits == 0 || first + 1 >= limbs ? low : low | limb(z, first + 1) << (Long.SIZE - bits);
    }

    static void set(MemorySegment r, MemorySegment x) {
        try {
            SET.invokeExact(r, x);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** g = gcd(x, y) = s x + t y; t may be NULL. */
    static void gcdext(MemorySegment g, MemorySegment s, MemorySegment t, MemorySegment x, MemorySegment y) {
        try {
            GCDEXT.invokeExact(g, s, t, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void add(MemorySegment r, MemorySegment x, MemorySegment y) {
        try {
            ADD.invokeExact(r, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void sub(MemorySegment r, MemorySegment x, MemorySegment y) {
        try {
            SUB.invokeExact(r, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void mul(MemorySegment r, MemorySegment x, MemorySegment y) {
        try {
            MUL.invokeExact(r, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void addmul(MemorySegment r, MemorySegment x, MemorySegment y) {
        try {
            ADDMUL.invokeExact(r, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void submul(MemorySegment r, MemorySegment x, MemorySegment y) {
        try {
            SUBMUL.invokeExact(r, x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void divexact(MemorySegment q, MemorySegment n, MemorySegment d) {
        try {
            DIVEXACT.invokeExact(q, n, d);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void mod(MemorySegment r, MemorySegment n, MemorySegment d) {
        try {
            FDIV_R.invokeExact(r, n, d);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void divide(MemorySegment q, MemorySegment r, MemorySegment n, MemorySegment d) {
        try {
            FDIV_QR.invokeExact(q, r, n, d);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void mul(MemorySegment r, MemorySegment x, long word) {
        try {
            MUL_SI.invokeExact(r, x, word);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void addmul(MemorySegment r, MemorySegment x, long word) {
        if (word >= 0) {
            try {
                ADDMUL_UI.invokeExact(r, x, word);
            } catch (Throwable e) {
                throw failed(e);
            }
        } else {
            try {
                SUBMUL_UI.invokeExact(r, x, -word);
            } catch (Throwable e) {
                throw failed(e);
            }
        }
    }

    static int compare(MemorySegment x, MemorySegment y) {
        try {
            return (int) CMP.invokeExact(x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static int compareMagnitude(MemorySegment x, MemorySegment y) {
        try {
            return (int) CMPABS.invokeExact(x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static AssertionError failed(Throwable e) {
        return new AssertionError("no mpz function reports errors", e);
    }

    private static MethodHandle function(String name, FunctionDescriptor signature) {
        return Linker.nativeLinker()
                .downcallHandle(GMP.findOrThrow("__gmpz_" + name), signature, Linker.Option.critical(true));
    }
}
