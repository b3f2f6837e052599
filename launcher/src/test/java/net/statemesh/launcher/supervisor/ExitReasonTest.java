// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitReasonTest {
    @Test
    void namesTheSignalThatEndedAProcess() {
        assertThat(ExitReason.of(137)).isEqualTo("ended by signal SIGKILL (killed, or out of memory)");
        assertThat(ExitReason.of(143)).isEqualTo("ended by signal SIGTERM");
        assertThat(ExitReason.of(130)).isEqualTo("ended by signal SIGINT");
    }

    @Test
    void tellsTheExitCodeOtherwise() {
        assertThat(ExitReason.of(0)).isEqualTo("exit code 0");
        assertThat(ExitReason.of(1)).isEqualTo("exit code 1");
        assertThat(ExitReason.of(128)).isEqualTo("exit code 128");
    }
}
