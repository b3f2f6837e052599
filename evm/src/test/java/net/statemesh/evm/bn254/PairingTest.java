// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final long SEED = 20_261_122;
    /** Order of the groups. */
    private static final BigInteger R =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final G1Point G1 = G1Point.of(Word.ONE, Word.of(2)).orElseThrow();
    private static final G2Point G2 = G2Point.of(
                    word("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                    word("11559732032986387107991004021392285783925812861821192530917403151452391805634"),
                    word("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                    word("4082367875863433681332203403145435568316851327593401208105741076214120093531"))
            .orElseThrow();

    @Test
    void fieldAgreesWithBigInteger() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            BigInteger a = new BigInteger(260, random).mod(Fp.P);
            BigInteger b = i % 7 == 0 ? Fp.P.subtract(BigInteger.ONE) : new BigInteger(260, random).mod(Fp.P);
            assertThat(number(Fp.of(a).times(Fp.of(b)))).isEqualTo(a.multiply(b).mod(Fp.P));
            assertThat(number(Fp.of(a).plus(Fp.of(b)))).isEqualTo(a.add(b).mod(Fp.P));
            assertThat(number(Fp.of(a).minus(Fp.of(b)))).isEqualTo(a.subtract(b).mod(Fp.P));
            if (a.signum() != 0) {
                assertThat(Fp.of(a).times(Fp.of(a).inverse())).isEqualTo(Fp.ONE);
            }
        }
    }

    @Test
    void pairingIsBilinearAndNotTrivial() {
        Fp12 base = Pairing.finalExponentiation(Pairing.millerLoop(G1, G2));
        assertThat(base.isOne()).isFalse();
        assertThat(base.power(R).isOne()).isTrue();
        Word factor = Word.of(123_456_789);
        Fp12 scaled =
                Pairing.finalExponentiation(Pairing.millerLoop(G1.times(factor).affine(), G2));
        assertThat(scaled).isEqualTo(base.power(factor.toBigInteger()));
    }

    @Test
    void additionChainIsTheHardPartsExponent() {
        Fp12 value = Pairing.millerLoop(G1, G2);
        Fp12 easy = value.conjugate().times(value.inverse());
        Fp12 unitary = easy.toP().toP().times(easy);
        BigInteger exponent =
                Fp.P.pow(4).subtract(Fp.P.pow(2)).add(BigInteger.ONE).divide(R);
        assertThat(Pairing.hardPart(unitary)).isEqualTo(unitary.power(exponent));
    }

    @Test
    void orderTimesAnyPointIsInfinity() {
        assertThat(G1.times(Word.of(R)).isInfinity()).isTrue();
        assertThat(G1.times(Word.of(R.subtract(BigInteger.ONE))).plus(G1).isInfinity())
                .isTrue();
    }

    private static BigInteger number(Fp value) {
        return value.toWord().toBigInteger();
    }

    private static Word word(String decimal) {
        return Word.of(new BigInteger(decimal));
    }
}
