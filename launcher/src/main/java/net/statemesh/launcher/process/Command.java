// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;

/** A command of the operating system, run to its end. */
public final class Command {
    private static final long TIMEOUT_SECONDS = 120;
    private static final int OUTPUT_BYTES = 1 << 20;
    private static final int EVIDENCE_LINES = 12;

    private Command() {}

    /**
     * What came out.
     *
     * @param output standard output and error, together, cut after a mebibyte
     */
    public record Result(int exitCode, String output) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs it and gives back its output; {@link LauncherErrors#COMMAND_FAILED} unless it exits with 0. */
    public static String run(List<String> command) {
        return run(command, "");
    }

    /** The same with {@code input} on its standard input. */
    public static String run(List<String> command, String input) {
        Result result = attempt(command, input);
        if (!result.succeeded()) {
            throw failure(command, "exit code " + result.exitCode(), result.output());
        }
        return result.output();
    }

    public static Result attempt(List<String> command) {
        return attempt(command, "");
    }

    private static Result attempt(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reaper = Thread.ofVirtual().start(() -> endAfterTimeout(process));
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended without reading; its exit code tells more
            }
            String output = drain(process.getInputStream());
            int exitCode = process.waitFor();
            reaper.interrupt();
            return new Result(exitCode, output);
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command, "interrupted", "");
        }
    }

    private static String drain(InputStream stream) throws IOException {
        String kept = new String(stream.readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
        stream.transferTo(OutputStream.nullOutputStream());
        return kept;
    }

    private static void endAfterTimeout(Process process) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StateMeshException failure(List<String> command, String how, String output) {
        List<String> lines = output.lines().toList();
        return new StateMeshException(
                LauncherErrors.COMMAND_FAILED,
                "the command " + String.join(" ", command) + " failed: " + how + ".",
                lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size()),
                List.of("statemesh doctor"));
    }
}
