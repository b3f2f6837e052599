// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.math.BigInteger;
import java.util.Optional;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Address 5, EIP-198 as EIP-2565 prices it. Input: lengths of base, exponent and modulus as words, then the three numbers. */
final class ModularPower implements Precompile {
    private static final long MIN_GAS = 200;
    private static final BigInteger GAS_QUOTIENT = BigInteger.valueOf(3);
    private static final int NUMBERS_AT = 3 * Word.BYTES;

    @Override
    public long gas(Bytes input) {
        BigInteger baseLength = length(input, 0);
        BigInteger exponentLength = length(input, 1);
        BigInteger modulusLength = length(input, 2);
        BigInteger words =
                baseLength.max(modulusLength).add(BigInteger.valueOf(7)).shiftRight(3);
        BigInteger iterations = iterations(input, baseLength, exponentLength).max(BigInteger.ONE);
        BigInteger gas = words.multiply(words).multiply(iterations).divide(GAS_QUOTIENT);
        return gas.bitLength() >= Long.SIZE ? Long.MAX_VALUE : Math.max(MIN_GAS, gas.longValue());
    }

    /** The exponent's length in bits, about; of long ones, only the first 32 bytes are looked at. */
    private static BigInteger iterations(Bytes input, BigInteger baseLength, BigInteger exponentLength) {
        BigInteger offset = baseLength.add(BigInteger.valueOf(NUMBERS_AT));
        int headLength = exponentLength.min(BigInteger.valueOf(Word.BYTES)).intValue();
        BigInteger head = offset.bitLength() >= Integer.SIZE
                ? BigInteger.ZERO
                : new BigInteger(1, InputWords.bytes(input, offset.intValue(), headLength));
        BigInteger headBits = BigInteger.valueOf(Math.max(0, head.bitLength() - 1));
        BigInteger rest =
                exponentLength.subtract(BigInteger.valueOf(Word.BYTES)).max(BigInteger.ZERO);
        return rest.shiftLeft(3).add(headBits);
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        BigInteger baseLength = length(input, 0);
        BigInteger exponentLength = length(input, 1);
        BigInteger modulusLength = length(input, 2);
        if (modulusLength.signum() == 0) {
            return Optional.of(Bytes.EMPTY);
        }
        if (baseLength.max(exponentLength).max(modulusLength).bitLength() >= Integer.SIZE) {
            return Optional.empty(); // no gas pays for it
        }
        long exponentAt = NUMBERS_AT + baseLength.longValue();
        long modulusAt = exponentAt + exponentLength.longValue();
        BigInteger base = new BigInteger(1, InputWords.bytes(input, NUMBERS_AT, baseLength.intValue()));
        BigInteger exponent = new BigInteger(1, InputWords.bytes(input, exponentAt, exponentLength.intValue()));
        BigInteger modulus = new BigInteger(1, InputWords.bytes(input, modulusAt, modulusLength.intValue()));
        byte[] out = new byte[modulusLength.intValue()];
        if (modulus.signum() != 0) {
            byte[] power = base.modPow(exponent, modulus).toByteArray();
            int length = Math.min(power.length, out.length);
            System.arraycopy(power, power.length - length, out, out.length - length, length);
        }
        return Optional.of(Bytes.wrap(out));
    }

    private static BigInteger length(Bytes input, int index) {
        return InputWords.word(input, index * Word.BYTES).toBigInteger();
    }
}
