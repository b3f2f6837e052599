// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimalityTest {
    @Test
    void agreesWithASieve() {
        int limit = 300_000;
        boolean[] prime = new boolean[limit];
        for (int p : Primality.primesBelow(limit)) {
            prime[p] = true;
        }
        for (int n = -3; n < limit; n++) {
            assertThat(Primality.isProbablePrime(BigInteger.valueOf(n)))
                    .as("%s", n)
                    .isEqualTo(n > 1 && prime[n]);
        }
        for (int n = 1_000_000; n < 1_003_000; n++) {
            assertThat(Primality.isProbablePrime(BigInteger.valueOf(n)))
                    .as("%s", n)
                    .isEqualTo(BigInteger.valueOf(n).isProbablePrime(50));
        }
    }

    /** Carmichael numbers, strong pseudoprimes to base 2, to the first bases, and strong Lucas pseudoprimes times them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3215031751",
                "3474749660383",
                "341550071728321",
                "3825123056546413051",
                "318665857834031151167461",
                "3317044064679887385961981",
                "10974881",
                "14676481",
                "1590231231043178376951698401"
            })
    void pseudoprimesAreComposite(String n) {
        assertThat(Primality.isProbablePrime(new BigInteger(n))).isFalse();
    }

    @Test
    void agreesWithBigIntegerOnLongNumbers() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            BigInteger n = new BigInteger(264, random).setBit(0);
            assertThat(Primality.isProbablePrime(n)).isEqualTo(n.isProbablePrime(60));
        }
        for (int i = 0; i < 20; i++) {
            BigInteger p = BigInteger.probablePrime(200, random);
            assertThat(Primality.isProbablePrime(p)).isTrue();
            assertThat(Primality.isProbablePrime(p.multiply(p))).isFalse();
        }
    }
}
