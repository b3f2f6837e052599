// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    /** The right column is what Kubernetes 1.20 answers for a pod's request of the left one. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 500m",
        "1, 1",
        "1000m, 1",
        "1500m, 1500m",
        "0, 0",
        "0Gi, 0",
        "1000, 1k",
        "1024, 1024",
        "1024Ki, 1Mi",
        "1536Mi, 1536Mi",
        "0.5Gi, 512Mi",
        "1e3, 1e3",
        "100M, 100M",
        "1000M, 1G",
        "128974848, 128974848",
        "0.5Ki, 512",
        "0.1Ki, 102400m"
    })
    void canonicalForm(String given, String stored) {
        assertThat(Quantity.canonical(given)).isEqualTo(stored);
    }
}
