// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.CheckpointException;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Statement;

/** Where a half-done evaluation waits; replaced in one go, so that no crash leaves half of it. */
final class CheckpointFile {
    private final Path path;

    CheckpointFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Goes on from the file if it is there, else starts anew. */
    Evaluation open(Statement statement, Backend backend) {
        if (!Files.exists(path)) {
            return Evaluation.start(statement, backend);
        }
        try {
            return Evaluation.resume(statement, backend, Files.readAllBytes(path));
        } catch (CheckpointException e) {
            throw new StateMeshException(
                    VdfErrors.CHECKPOINT,
                    "The checkpoint " + path + " cannot be used: " + e.getMessage() + ".",
                    List.of(),
                    List.of("remove it to start anew", "--checkpoint OTHER-FILE"),
                    e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    void save(Evaluation evaluation) {
        write(path, evaluation.checkpoint());
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failure("remove", path, e);
        }
    }

    /** Writes a file in one go. */
    static void write(Path path, byte[] bytes) {
        Path half = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.write(half, bytes);
            Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    static StateMeshException failure(String what, Path path, IOException e) {
        return new StateMeshException(
                VdfErrors.FILE,
                "Cannot " + what + " " + path + ".",
                List.of(e.getClass().getSimpleName() + ": " + e.getMessage()),
                List.of("check folder, permissions and free space"),
                e);
    }
}
