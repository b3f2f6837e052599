// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Anvil's program, fetched once through npm: the package of this platform alone, without running its install script. */
final class AnvilInstallation {
    private static final String VERSION = "1.7.1";
    private static final long INSTALL_TIMEOUT_SECONDS = 300;
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64");

    private AnvilInstallation() {}

    /** The program, below a folder that is kept between runs. */
    static Path program(Path cache) throws IOException, InterruptedException {
        String name = packageName();
        Path folder = cache.resolve("anvil-" + VERSION);
        Path program = folder.resolve("node_modules").resolve(name).resolve("bin/anvil");
        if (!Files.isExecutable(program)) {
            Files.createDirectories(folder);
            run(List.of(
                    "npm",
                    "install",
                    "--ignore-scripts",
                    "--no-save",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    folder.toString(),
                    name + "@" + VERSION));
        }
        if (!Files.isExecutable(program)) {
            throw new IOException("npm has installed " + name + ", yet there is no program " + program);
        }
        return program;
    }

    private static String packageName() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = ARCHITECTURES.get(System.getProperty("os.arch"));
        if (!system.equals("linux") || architecture == null) {
            throw new IOException("anvil is fetched for Linux on amd64 and arm64 only; this is " + system + " on "
                    + System.getProperty("os.arch"));
        }
        return "@foundry-rs/anvil-linux-" + architecture;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(INSTALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    String.join(" ", command) + " has not ended within " + INSTALL_TIMEOUT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + process.exitValue());
        }
    }
}
