// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.node.state.PrivateFiles;

/** Gives every start of the agent a higher number, also when its folder was lost, as long as the clock did not go back too. */
final class Incarnations {
    private final Path file;

    Incarnations(Path stateDirectory) {
        this.file = stateDirectory.resolve("incarnation");
    }

    long next(long wallMillis) {
        long next = Math.max(last() + 1, wallMillis);
        write(next);
        return next;
    }

    void write(long incarnation) {
        PrivateFiles.replace(file, Long.toString(incarnation).getBytes(StandardCharsets.US_ASCII));
    }

    private long last() {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
