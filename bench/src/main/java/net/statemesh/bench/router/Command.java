// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program to its end and reads what it prints. */
final class Command {
    private Command() {}

    /** Its output and errors; fails when the program does. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    /** Groups of the first match of {@code pattern}. */
    static Matcher find(Pattern pattern, String output) throws IOException {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IOException("no '" + pattern + "' in: " + output);
        }
        return found;
    }
}
