// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.StateMeshException;

/** A command that ends within seconds, such as {@code ip} or {@code mount}. */
public final class SystemCommand {
    private static final long TIMEOUT_SECONDS = 10;
    private static final int MAX_OUTPUT_BYTES = 4_096;

    private SystemCommand() {}

    /** Runs the command; when it fails, throws {@code code} with what the command said. */
    public static void run(ErrorCode code, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            // what it says fits the pipe; Process.onExit would need the common pool, whose one worker may wait for us
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(code, command, "no end within " + TIMEOUT_SECONDS + " s");
            }
            String output = new String(process.getInputStream().readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw failed(code, command, output.strip());
            }
        } catch (IOException e) {
            throw failed(code, command, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(code, command, "interrupted");
        }
    }

    private static StateMeshException failed(ErrorCode code, List<String> command, String why) {
        return new StateMeshException(
                code, "'" + String.join(" ", command) + "' failed: " + why, List.of(why), List.of());
    }
}
