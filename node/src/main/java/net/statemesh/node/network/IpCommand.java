// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;

/** The {@code ip} command of iproute2, in the network namespace of this process. */
class IpCommand {
    private static final long TIMEOUT_SECONDS = 10;
    private static final int MAX_OUTPUT_BYTES = 4_096;

    /** Runs {@code ip route VERB ARGUMENTS}. */
    void route(String verb, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "route", verb));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(command, "no end within " + TIMEOUT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw failed(command, output.strip());
            }
        } catch (IOException e) {
            throw failed(command, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, "interrupted");
        }
    }

    private static StateMeshException failed(List<String> command, String why) {
        return new StateMeshException(
                NodeErrors.NETWORK, "'" + String.join(" ", command) + "' failed: " + why, List.of(why), List.of());
    }
}
