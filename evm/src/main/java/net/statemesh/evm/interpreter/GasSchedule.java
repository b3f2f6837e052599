// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

/** Gas costs at the Cancun level. Source: yellow paper, appendix G, and the EIPs named. */
public final class GasSchedule {
    public static final long TRANSACTION = 21_000;
    public static final long CREATE = 32_000;
    public static final long DATA_ZERO_BYTE = 4;
    /** EIP-2028. */
    public static final long DATA_BYTE = 16;
    /** EIP-2930. */
    public static final long ACCESS_LIST_ADDRESS = 2_400;

    public static final long ACCESS_LIST_SLOT = 1_900;
    /** EIP-3860. */
    public static final long INIT_CODE_WORD = 2;

    public static final long CODE_DEPOSIT_BYTE = 200;
    /** EIP-3529: at most this part of the gas used is refunded. */
    public static final long REFUND_QUOTIENT = 5;

    /** EIP-2929: WARM is part of an instruction's static cost, the rest is charged at the first access. */
    static final long WARM_ACCESS = 100;

    static final long COLD_ACCOUNT = 2_600;
    static final long COLD_SLOT = 2_100;
    static final long CALL_VALUE = 9_000;
    static final long CALL_STIPEND = 2_300;
    static final long NEW_ACCOUNT = 25_000;
    /** EIP-150: a call passes on all but this part. */
    static final long CALL_KEEPS_QUOTIENT = 64;
    /** EIP-2200: SSTORE needs more than this. */
    static final long STORAGE_WRITE_SENTRY = 2_300;

    static final long MEMORY_WORD = 3;
    static final long MEMORY_QUADRATIC_QUOTIENT = 512;
    static final long COPY_WORD = 3;
    static final long KECCAK_WORD = 6;
    static final long EXPONENT_BYTE = 50;
    static final long LOG = 375;
    static final long LOG_TOPIC = 375;
    static final long LOG_BYTE = 8;

    /** EIP-170. */
    public static final int MAX_CODE_BYTES = 24_576;
    /** EIP-3860. */
    public static final int MAX_INIT_CODE_BYTES = 49_152;

    private GasSchedule() {}

    /** Words that hold so many bytes. */
    public static long words(long bytes) {
        return (bytes + 31) >>> 5;
    }
}
