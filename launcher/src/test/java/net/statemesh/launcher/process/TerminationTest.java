// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TerminationTest {
    @Test
    void processEndsBySigterm() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessIdentity identity = ProcessTable.identify(process.pid()).orElseThrow();
        assertThat(ProcessTable.isAlive(identity)).isTrue();
        assertThat(Termination.end(identity, 10_000)).isTrue();
        assertThat(ProcessTable.isAlive(identity)).isFalse();
    }

    @Test
    void processThatIgnoresSigtermIsKilled() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        ProcessIdentity identity = ProcessTable.identify(process.pid()).orElseThrow();
        assertThat(Termination.end(identity, 50)).isTrue();
        assertThat(ProcessTable.isAlive(identity)).isFalse();
    }

    @Test
    void anotherProcessWithTheSamePidIsLeftAlone() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            ProcessIdentity identity = ProcessTable.identify(process.pid()).orElseThrow();
            ProcessIdentity earlier = new ProcessIdentity(identity.pid(), identity.startTicks() - 1);
            assertThat(Termination.kill(earlier)).isTrue();
            assertThat(ProcessTable.isAlive(identity)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nameOfAProcessMayLookLikeItsOwnStatistics() throws IOException {
        assertThat(ProcessTable.identify(ProcessHandle.current().pid())).isPresent();
        assertThat(ProcessTable.identify(Long.MAX_VALUE)).isEmpty();
        assertThat(ProcessTable.hasEnvironment(ProcessHandle.current().pid(), "NO_SUCH=1"))
                .isFalse();
    }
}
