// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.statemesh.cli.Commands;
import net.statemesh.cli.Environment;
import net.statemesh.cli.ZoneContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real API server and master with nodes that run nothing, and command lines against them. */
abstract class EndToEndFixture {
    @TempDir
    static Path folder;

    @TempDir
    Path home;

    static RunningZone zone;

    record Run(int code, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        zone = new RunningZone(folder);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    final void deploy(String name, String image) {
        Run run = run("apps", "deploy", name, "--image", image);
        assertThat(run.code()).as(run.err()).isZero();
    }

    final Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        if (!Files.exists(ZoneContext.fileIn(home))) {
            ZoneContext.useZone(home, zone.folder());
        }
        Environment environment = new Environment(
                Map.of(),
                home,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false);
        int code = Commands.run(environment, List.of(), arguments);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
