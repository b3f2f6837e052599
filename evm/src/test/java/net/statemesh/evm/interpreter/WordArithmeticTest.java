// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every operation on words against BigInteger, with numbers of all lengths and near the edges. */
@Tag("property")
class WordArithmeticTest {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 20_000;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final BigInteger MASK = MODULUS.subtract(BigInteger.ONE);

    private final Division division = new Division();
    private final long[] scratch = new long[4];

    @Test
    void addSubtractMultiply() {
        check("ADD", Arithmetic::add, BigInteger::add);
        check("SUB", Arithmetic::subtract, BigInteger::subtract);
        check("MUL", Arithmetic::multiply, BigInteger::multiply);
    }

    @Test
    void divide() {
        check("DIV", division::divide, (a, b) -> b.signum() == 0 ? b : a.divide(b));
        check("MOD", division::remainder, (a, b) -> b.signum() == 0 ? b : a.mod(b));
        check(
                "SDIV",
                division::divideSigned,
                (a, b) -> b.signum() == 0 ? b : signed(a).divide(signed(b)));
        check(
                "SMOD",
                division::remainderSigned,
                (a, b) -> b.signum() == 0 ? b : signed(a).remainder(signed(b)));
    }

    @Test
    void power() {
        check("EXP", (s, t) -> Arithmetic.exponentiate(s, t, scratch), (a, b) -> a.modPow(b, MODULUS));
    }

    @Test
    void shifts() {
        check("SHL", Bitwise::shiftLeft, (a, b) -> isLong(a) ? BigInteger.ZERO : b.shiftLeft(a.intValue()));
        check("SHR", Bitwise::shiftRight, (a, b) -> isLong(a) ? BigInteger.ZERO : b.shiftRight(a.intValue()));
        check("SAR", Bitwise::shiftRightSigned, (a, b) -> signed(b).shiftRight(isLong(a) ? 256 : a.intValue()));
    }

    @Test
    void bytesAndSigns() {
        check(
                "BYTE",
                Bitwise::selectByte,
                (a, b) -> a.compareTo(BigInteger.valueOf(31)) > 0
                        ? BigInteger.ZERO
                        : b.shiftRight(8 * (31 - a.intValue())).and(BigInteger.valueOf(255)));
        check("SIGNEXTEND", Bitwise::signExtend, (a, b) -> {
            if (a.compareTo(BigInteger.valueOf(30)) > 0) {
                return b;
            }
            int bits = 8 * a.intValue() + 8;
            BigInteger low = b.mod(BigInteger.ONE.shiftLeft(bits));
            return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
        });
    }

    @Test
    void logic() {
        check("AND", Bitwise::and, BigInteger::and);
        check("OR", Bitwise::or, BigInteger::or);
        check("XOR", Bitwise::xor, BigInteger::xor);
    }

    @Test
    void comparisons() {
        check("LT", (s, t) -> Bitwise.set(s, t - 4, Bitwise.isBelow(s, t, t - 4)), (a, b) -> flag(a.compareTo(b) < 0));
        check(
                "SLT",
                (s, t) -> Bitwise.set(s, t - 4, Bitwise.isBelowSigned(s, t, t - 4)),
                (a, b) -> flag(signed(a).compareTo(signed(b)) < 0));
        check("EQ", (s, t) -> Bitwise.set(s, t - 4, Bitwise.isEqual(s, t, t - 4)), (a, b) -> flag(a.equals(b)));
    }

    @Test
    void moduloKeepsTheCarry() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            BigInteger a = number(random);
            BigInteger b = number(random);
            BigInteger n = number(random);
            boolean isZero = n.signum() == 0;
            assertThat(modulo(division::addModulo, a, b, n))
                    .as("(%s + %s) mod %s", a, b, n)
                    .isEqualTo(isZero ? n : a.add(b).mod(n));
            assertThat(modulo(division::multiplyModulo, a, b, n))
                    .as("(%s * %s) mod %s", a, b, n)
                    .isEqualTo(isZero ? n : a.multiply(b).mod(n));
        }
    }

    private static BigInteger modulo(BiConsumer<long[], Integer> operation, BigInteger a, BigInteger b, BigInteger n) {
        long[] stack = new long[12];
        Word.of(n).store(stack, 0);
        Word.of(b).store(stack, 4);
        Word.of(a).store(stack, 8);
        operation.accept(stack, 8);
        return Word.load(stack, 0).toBigInteger();
    }

    private static void check(String name, BiConsumer<long[], Integer> operation, BinaryOperator<BigInteger> expected) {
        Random random = new Random(SEED);
        long[] stack = new long[8];
        for (int round = 0; round < ROUNDS; round++) {
            BigInteger top = number(random);
            BigInteger second = number(random);
            Word.of(second).store(stack, 0);
            Word.of(top).store(stack, 4);
            operation.accept(stack, 4);
            assertThat(Word.load(stack, 0).toBigInteger())
                    .as("%s of %s and %s, seed %d", name, top, second, SEED)
                    .isEqualTo(expected.apply(top, second).and(MASK));
        }
    }

    /** Any length is as likely as any other; some are a power of two or one off, some all ones in one limb. */
    private static BigInteger number(Random random) {
        BigInteger value = new BigInteger(random.nextInt(257), random);
        return switch (random.nextInt(6)) {
            case 0 -> BigInteger.ONE.shiftLeft(random.nextInt(256)).subtract(BigInteger.valueOf(random.nextInt(2)));
            case 1 ->
                value.or(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE).shiftLeft(64 * random.nextInt(3)));
            case 2 -> BigInteger.valueOf(random.nextInt(260));
            default -> value;
        };
    }

    private static boolean isLong(BigInteger shift) {
        return shift.compareTo(BigInteger.valueOf(255)) > 0;
    }

    private static BigInteger signed(BigInteger value) {
        return value.testBit(255) ? value.subtract(MODULUS) : value;
    }

    private static BigInteger flag(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }
}
