// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups so small that all of their elements, and so all special cases, can be tried. */
class SmallGroupTest {
    private static final int[] PRIMES = {23, 31, 47, 71, 79, 103, 127, 151, 1063, 1999, 10007};

    @ParameterizedTest
    @MethodSource("net.statemesh.vdf.Backends#available")
    void everyProductOfTwoElementsAgreesWithTheTextbook(Backend backend) {
        for (int prime : PRIMES) {
            Discriminant d = Discriminant.of(BigInteger.valueOf(prime));
            ClassGroup group = new ClassGroup(d, backend);
            List<Form> all = all(d);
            for (Form x : all) {
                assertThat(group.square(x, 1))
                        .as("%s squared, D = -%s", x, prime)
                        .isEqualTo(PlainForms.multiply(x, x));
                for (Form y : all) {
                    assertThat(group.multiply(x, y))
                            .as("%s %s, D = -%s", x, y, prime)
                            .isEqualTo(PlainForms.multiply(x, y));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7 * 17, 17, 29, 37, -23, 7, 8 * 23})
    void discriminantMustBeAPrimeThatIsSevenModuloEight(int n) {
        assertThatIllegalArgumentException().isThrownBy(() -> Discriminant.of(BigInteger.valueOf(n)));
    }

    private static List<Form> all(Discriminant d) {
        List<Form> forms = new ArrayList<>();
        long n = d.absolute().longValueExact();
        for (long a = 1; 3 * a * a <= n; a++) {
            for (long b = -a + 1; b <= a; b++) {
                if ((b * b + n) % (4 * a) == 0) {
                    Form f = new Form(
                            BigInteger.valueOf(a), BigInteger.valueOf(b), BigInteger.valueOf((b * b + n) / (4 * a)));
                    if (f.isReduced()) {
                        forms.add(f);
                    }
                }
            }
        }
        return forms;
    }
}
