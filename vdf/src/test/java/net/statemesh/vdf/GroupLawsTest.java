// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random forms of random discriminants of many sizes; odd sizes put limb boundaries everywhere. */
@Tag("property")
class GroupLawsTest {
    private static final long SEED = 20261122;
    private static final int[] SIZES_BITS = {
        33, 63, 64, 65, 96, 127, 128, 129, 190, 255, 256, 257, 383, 512, 1000, 1024, 2047, 2048
    };

    private static final Map<Integer, Discriminant> DISCRIMINANTS = new ConcurrentHashMap<>();

    static Stream<Arguments> groups() {
        return Backends.available().stream()
                .flatMap(backend -> java.util.Arrays.stream(SIZES_BITS).mapToObj(bits -> Arguments.of(backend, bits)));
    }

    @ParameterizedTest(name = "{0} {1} bits")
    @MethodSource("groups")
    void lawsHold(Backend backend, int bits) {
        Random random = new Random(SEED + bits);
        Discriminant d = discriminant(bits);
        ClassGroup group = new ClassGroup(d, backend);
        Form identity = d.identity();
        int tries = bits > 600 ? 4 : 40;
        for (int i = 0; i < tries; i++) {
            Form x = element(group, random);
            Form y = element(group, random);
            Form z = element(group, random);
            assertThat(x.isReduced()).isTrue();
            assertThat(x.discriminant()).isEqualTo(d.value());
            assertThat(group.multiply(x, y)).isEqualTo(group.multiply(y, x)).isEqualTo(PlainForms.multiply(x, y));
            assertThat(group.multiply(group.multiply(x, y), z)).isEqualTo(group.multiply(x, group.multiply(y, z)));
            assertThat(group.multiply(x, identity)).isEqualTo(x);
            assertThat(group.multiply(identity, x)).isEqualTo(x);
            assertThat(group.multiply(x, x.inverse())).isEqualTo(identity);
            assertThat(group.square(x, 1)).isEqualTo(group.multiply(x, x)).isEqualTo(PlainForms.multiply(x, x));
        }
    }

    @ParameterizedTest(name = "{0} {1} bits")
    @MethodSource("groups")
    void powersAddTheirExponents(Backend backend, int bits) {
        Random random = new Random(SEED - bits);
        Discriminant d = discriminant(bits);
        ClassGroup group = new ClassGroup(d, backend);
        Form x = element(group, random);
        BigInteger m = new BigInteger(100, random);
        BigInteger n = new BigInteger(70, random);
        assertThat(group.multiply(group.power(x, m), group.power(x, n))).isEqualTo(group.power(x, m.add(n)));
        assertThat(group.power(x, m)).isEqualTo(PlainForms.power(x, m, d.identity()));
        assertThat(group.power(x, m.negate())).isEqualTo(group.power(x, m).inverse());
        assertThat(group.power(x, BigInteger.ZERO)).isEqualTo(d.identity());
        assertThat(group.power(x, BigInteger.ONE)).isEqualTo(x);
        assertThat(group.square(x, 20)).isEqualTo(group.power(x, BigInteger.ONE.shiftLeft(20)));
    }

    @ParameterizedTest(name = "{0} {1} bits")
    @MethodSource("groups")
    void chainFromTheGeneratorAgreesWithTheTextbook(Backend backend, int bits) {
        Discriminant d = discriminant(bits);
        ClassGroup group = new ClassGroup(d, backend);
        Form expected = d.generator();
        MutableForm f = group.load(expected);
        for (int i = 0; i < 60; i++) {
            expected = PlainForms.multiply(expected, expected);
            group.square(f, 1);
            assertThat(f.toForm()).as("after %s squarings", i + 1).isEqualTo(expected);
        }
    }

    /** One for each size: finding a long one takes longer than the tests that use it. */
    private static Discriminant discriminant(int bits) {
        return DISCRIMINANTS.computeIfAbsent(bits, size -> discriminant(new Random(SEED + size), size));
    }

    static Discriminant discriminant(Random random, int bits) {
        byte[] seed = new byte[16];
        random.nextBytes(seed);
        return Discriminant.fromSeed(seed, bits);
    }

    static Form element(ClassGroup group, Random random) {
        return group.power(
                group.discriminant().generator(),
                new BigInteger(group.discriminant().bits() / 2, random));
    }
}
