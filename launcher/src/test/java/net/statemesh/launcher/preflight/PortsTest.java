// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void takenPortIsRefusedWithItsHolderAndAnotherPort() throws IOException {
        try (ServerSocket holder = new ServerSocket(0)) {
            int port = holder.getLocalPort();
            assertThatExceptionOfType(StateMeshException.class)
                    .isThrownBy(() -> Ports.require("--https-port", port, List.of()))
                    .withMessageContaining("port " + port)
                    .satisfies(refusal -> {
                        assertThat(refusal.code()).isEqualTo(LauncherErrors.PORT_TAKEN);
                        assertThat(refusal.evidence().getFirst())
                                .contains("pid " + ProcessHandle.current().pid());
                        assertThat(refusal.next().getFirst()).contains("statemesh up --https-port ");
                    });
        }
    }

    @Test
    void portOfTheZoneItselfIsNotRefused() throws IOException {
        try (ServerSocket holder = new ServerSocket(0)) {
            Ports.require(
                    "--https-port",
                    holder.getLocalPort(),
                    List.of(ProcessHandle.current().pid()));
            assertThat(Ports.isFree(holder.getLocalPort())).isFalse();
        }
    }
}
