// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsWhatWasMeant() {
        List<String> known = List.of("replicas", "containers", "entrypoints");
        assertThat(Nearest.to("replica", known)).contains("replicas");
        assertThat(Nearest.to("Contaienrs", known)).contains("containers");
        assertThat(Nearest.to("volumes", known)).isEmpty();
    }
}
