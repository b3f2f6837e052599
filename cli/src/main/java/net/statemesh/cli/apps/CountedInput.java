// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;

/**
 * Standard input of a command in a container whose end the command sees. The protocol that container runtimes speak over WebSocket,
 * {@code v4.channel.k8s.io}, cannot say that input has ended, so the input is put into a file first and the container told its length.
 */
final class CountedInput implements AutoCloseable {
    private final Path file;

    /** Writes the input. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    private CountedInput(Path file) {
        this.file = file;
    }

    static CountedInput of(Source source) {
        Path file = null;
        try {
            file = Files.createTempFile("statemesh-input", null);
            try (OutputStream out = Files.newOutputStream(file)) {
                source.writeTo(out);
            }
            return new CountedInput(file);
        } catch (IOException e) {
            if (file != null) {
                remove(file);
            }
            throw new StateMeshException(
                    CliErrors.LOCAL_FILE,
                    "What is to be sent cannot be read.",
                    List.of(String.valueOf(e)),
                    List.of("check the path, and that there is room in " + System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    /** {@code command} as it has to be run to get this input and its end. */
    List<String> commandFor(List<String> command) throws IOException {
        List<String> counted =
                new ArrayList<>(List.of("sh", "-c", "head -c \"$0\" | \"$@\"", Long.toString(Files.size(file))));
        counted.addAll(command);
        return counted;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(CountedInput.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + file, e);
        }
    }

    @Override
    public void close() {
        remove(file);
    }
}
