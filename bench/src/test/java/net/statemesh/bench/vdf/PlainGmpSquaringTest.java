// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import net.statemesh.vdf.Backend;
import net.statemesh.vdf.ClassGroup;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainGmpSquaringTest {
    private static final int SQUARINGS = 300;

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1024})
    void baselineComputesTheSameForms(int bits) {
        Discriminant d = Discriminant.fromSeed(new byte[] {7}, bits);
        PlainGmpSquaring baseline = new PlainGmpSquaring(d.generator());
        ClassGroup group = new ClassGroup(d, Backend.JAVA);
        Form expected = d.generator();
        for (int i = 0; i < SQUARINGS; i++) {
            baseline.square(1);
            expected = group.square(expected, 1);
            assertThat(baseline.form()).as("after %s squarings", i + 1).isEqualTo(expected);
        }
    }
}
