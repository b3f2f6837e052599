// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.math.BigInteger;
import net.statemesh.evm.type.Word;

/** The price of blob gas. Source: EIP-4844, fake_exponential. */
public final class BlobBaseFee {
    private static final BigInteger MIN_WEI = BigInteger.ONE;
    private static final BigInteger UPDATE_FRACTION = BigInteger.valueOf(3_338_477);
    /** Beyond it the fee would not fit a word. */
    private static final long MAX_EXCESS_GAS = 150 * 3_338_477L;

    private BlobBaseFee() {}

    /** In wei a blob gas, for what a block's parent has left of excess blob gas. */
    public static Word of(long excessBlobGas) {
        if (excessBlobGas < 0 || excessBlobGas > MAX_EXCESS_GAS) {
            throw new IllegalArgumentException(
                    "excess blob gas is " + excessBlobGas + "; 0 to " + MAX_EXCESS_GAS + " are accepted");
        }
        BigInteger excess = BigInteger.valueOf(excessBlobGas);
        BigInteger output = BigInteger.ZERO;
        BigInteger term = MIN_WEI.multiply(UPDATE_FRACTION);
        for (long i = 1; term.signum() > 0; i++) {
            output = output.add(term);
            term = term.multiply(excess).divide(UPDATE_FRACTION.multiply(BigInteger.valueOf(i)));
        }
        return Word.of(output.divide(UPDATE_FRACTION));
    }
}
