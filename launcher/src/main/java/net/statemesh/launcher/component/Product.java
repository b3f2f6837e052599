// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged product: {@code lib/} (jars), {@code jvm/} (options per role), {@code aot/} (caches per role).
 *
 * @param root its folder
 * @param javaHome the Java runtime that the caches were made with
 * @param classPath of every process
 */
public record Product(Path root, Path javaHome, String classPath) {
    public static final String ROOT_PROPERTY = "statemesh.product";
    private static final String MAIN = "net.statemesh.launcher.Main";

    /** The product that this process was started from. */
    public static Product running() {
        return new Product(
                Path.of(System.getProperty(ROOT_PROPERTY, ".")).toAbsolutePath().normalize(),
                Path.of(System.getProperty("java.home", "")),
                System.getProperty("java.class.path", ""));
    }

    /** Digest of its jars, which its assembly wrote; empty where it was not assembled. */
    public String version() throws IOException {
        Path file = root.resolve("version");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** Command of a Java process of the zone; needs the environment variable CLASSPATH. */
    public List<String> command(String role, Path config) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.add("@" + root.resolve("jvm").resolve(role + ".args"));
        Path cache = root.resolve("aot").resolve(role + ".aot");
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-D" + ROOT_PROPERTY + "=" + root, MAIN, "run", role, "--config", config.toString()));
        return command;
    }
}
