// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own is told to stop: only there do signals, shutdown and messages meet as they do for people. */
class InterruptedProofTest {
    private static final int TERMINATED = 128 + 15;
    private static final String[] COMMAND = {
        "vdf", "prove", "--seed", "a test", "--bits", "128", "--squarings", "20000000", "--out"
    };

    @TempDir
    Path home;

    /** What the product's main does. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.exit(Commands.run(Environment.ofProcess(), List.of(), arguments));
        }
    }

    @Test
    void stoppedProcessSaysHowToGoOnAndLeavesItsCheckpoint() throws Exception {
        Path proof = home.resolve("tower.vdf");
        Process process = start(proof);
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            String line = err.readLine();
            while (line != null && !line.startsWith("evaluating")) {
                line = err.readLine();
            }
            process.toHandle().destroy(); // which, unlike the process's own method, leaves the streams open
            String rest = err.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
            assertThat(rest).contains("SM-VDF-007", "Stopped at", "the same command again goes on from there");
            assertThat(rest.split("SM-VDF-007", -1)).as("said once").hasSize(2);
        } finally {
            process.destroyForcibly();
        }
        assertThat(proof).doesNotExist();
        assertThat(home.resolve("tower.vdf.checkpoint")).isNotEmptyFile();
    }

    private Process start(Path proof) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                Program.class.getName()));
        command.addAll(List.of(COMMAND));
        command.add(proof.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("CLASSPATH", System.getProperty("java.class.path")));
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
