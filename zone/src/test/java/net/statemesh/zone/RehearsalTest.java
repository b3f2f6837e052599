// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.statemesh.api.ZoneSettings;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void goesFromAnApplicationToANodeForItsReplica() {
        ZoneSettings zone = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
        assertThat(new Rehearsal(zone, Instant.EPOCH).decide()).isOne();
    }
}
