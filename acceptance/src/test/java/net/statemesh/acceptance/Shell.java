// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands as a user types them: the product is used from outside only. */
final class Shell {
    private static final long TIMEOUT_SECONDS = 300;

    private final Map<String, String> environment = new HashMap<>();

    /** What a command printed, and how it ended. */
    record Result(int exitCode, String out, String err) {
        /** For the message of a failing assertion. */
        String all() {
            return "exit " + exitCode + "\n" + out + "\n" + err;
        }
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The launcher of this repository. */
    static String statemesh() {
        return Path.of(System.getProperty("statemesh.root", "."), "statemesh").toString();
    }

    Result run(String... command) {
        return run(List.of(command));
    }

    Result run(List<String> command) {
        try {
            Path out = Files.createTempFile("acceptance", ".out");
            Path err = Files.createTempFile("acceptance", ".err");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
                builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
                builder.environment().put("STATEMESH_NO_BUILD", "1");
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(command + " did not end within " + TIMEOUT_SECONDS + " s:\n"
                            + Files.readString(out, StandardCharsets.UTF_8)
                            + Files.readString(err, StandardCharsets.UTF_8));
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + command, e);
        }
    }
}
