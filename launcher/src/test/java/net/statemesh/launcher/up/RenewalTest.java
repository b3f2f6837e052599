// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenewalTest {
    @Test
    void processesThatShowARenewedCertificateAreStartedAgain() {
        assertThat(Renewal.componentsOf(
                        List.of("admin", "master", "ingress", "api-server", "registry", "node-1", "node-2")))
                .containsExactly("master", "ingress", "registry", "agent-node-1", "agent-node-2");
    }

    @Test
    void nothingIsEndedWhenNothingWasRenewed() {
        assertThat(Renewal.componentsOf(List.of())).isEmpty();
        assertThat(Renewal.componentsOf(List.of("admin"))).isEmpty();
    }
}
