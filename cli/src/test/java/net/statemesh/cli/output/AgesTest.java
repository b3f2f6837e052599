// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    /** Pairs taken from the table test of kubectl's HumanDuration (k8s.io/apimachinery, duration_test.go). */
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT-5S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT9M59S, 9m59s",
        "PT10M, 10m",
        "PT2H59M, 179m",
        "PT3H, 3h",
        "PT7H1M, 7h1m",
        "PT8H, 8h",
        "PT47H, 47h",
        "PT48H, 2d",
        "PT49H, 2d1h",
        "P8D, 8d",
        "P729D, 729d",
        "P730D, 2y",
        "P731D, 2y1d",
        "P2920D, 8y"
    })
    void shortensAsKubectlDoes(Duration age, String text) {
        assertThat(Ages.of(age)).isEqualTo(text);
    }

    @Test
    void whatIsNoTimeStaysAsItIs() {
        assertThat(Ages.since("", Instant.EPOCH)).isEqualTo("-");
        assertThat(Ages.since("soon", Instant.EPOCH)).isEqualTo("soon");
    }
}
