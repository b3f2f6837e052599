// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import net.statemesh.cli.Environment;
import net.statemesh.launcher.Main;

/** {@code statemesh zone …} as somebody types it who has this kubeconfig and this home. */
record ZoneCommand(Path kubeconfig, Path home) {
    /** What it printed, and how it ended. */
    record Result(int exitCode, String out, String err) {}

    Result run(String verb, String... options) {
        String[] words = Stream.concat(
                        Stream.of("zone", verb, "--kubeconfig", kubeconfig.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.command(
                new Environment(
                        Map.of(),
                        home,
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false),
                words);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
