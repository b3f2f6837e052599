// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"500m,500", "2,2000", "0.1,100", "1.5,1500", "100u,1", "1k,1000000"})
    void cpuIsReadInThousandthsRoundedUp(String text, long millis) {
        assertThat(Quantities.cpuMillis(new Quantity(text))).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"128Mi,134217728", "1G,1000000000", "1500m,2", "0,0", "9223372036854775807,9223372036854775807"})
    void bytesAreReadInUnitsRoundedUp(String text, long bytes) {
        assertThat(Quantities.bytes(new Quantity(text))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"134217728,128Mi", "1000,1000", "0,0", "1073741824,1Gi"})
    void bytesArePrintedInTheLargestWholeBinaryUnit(long bytes, String text) {
        assertThat(Quantities.ofBytes(bytes)).hasToString(text);
    }

    @Test
    void whatIsLargerThanALongIsCapped() {
        assertThat(Quantities.bytes(new Quantity("100Ei"))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void absentIsZero() {
        assertThat(Quantities.cpuMillis(null)).isZero();
        assertThat(Quantities.ofCpuMillis(1500)).hasToString("1500m");
        assertThat(Quantities.ofCpuMillis(2000)).hasToString("2");
    }
}
