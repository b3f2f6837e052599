// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path folder;

    @Test
    void givesTheLastLinesOfAFileOfAnySize() throws IOException {
        Path log = folder.resolve("a.log");
        Files.writeString(log, "line\n".repeat(200_000) + "one\ntwo\n");
        assertThat(LogTail.of(log, 2)).containsExactly("one", "two");
    }

    @Test
    void shortOrMissingFileIsNoProblem() throws IOException {
        Path log = folder.resolve("b.log");
        Files.writeString(log, "only");
        assertThat(LogTail.of(log, 20)).containsExactly("only");
        assertThat(LogTail.of(folder.resolve("none.log"), 20)).isEmpty();
    }
}
