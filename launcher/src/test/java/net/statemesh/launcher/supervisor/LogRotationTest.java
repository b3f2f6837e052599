// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    @TempDir
    Path folder;

    @Test
    void largeLogIsCopiedAwayAndItsWriterGoesOnAtTheBeginning() throws IOException {
        Path log = folder.resolve("master.log");
        try (FileOutputStream writer = new FileOutputStream(log.toFile(), true)) {
            writer.write(new byte[(int) LogRotation.MAX_BYTES + 1]);
            LogRotation.rotate(folder);
            writer.write("after".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(log).hasContent("after");
        assertThat(Files.size(folder.resolve("master.log.1"))).isEqualTo(LogRotation.MAX_BYTES + 1);
    }

    @Test
    void keepsThreeOldLogs() throws IOException {
        for (int round = 1; round <= 5; round++) {
            Files.write(folder.resolve("master.log"), new byte[(int) LogRotation.MAX_BYTES + round]);
            LogRotation.rotate(folder);
        }
        assertThat(folder.resolve("master.log.4")).doesNotExist();
        assertThat(Files.size(folder.resolve("master.log.1"))).isEqualTo(LogRotation.MAX_BYTES + 5);
        assertThat(Files.size(folder.resolve("master.log.3"))).isEqualTo(LogRotation.MAX_BYTES + 3);
    }

    @Test
    void smallLogStays() throws IOException {
        Files.writeString(folder.resolve("master.log"), "short");
        LogRotation.rotate(folder);
        assertThat(folder.resolve("master.log")).hasContent("short");
        assertThat(folder.resolve("master.log.1")).doesNotExist();
    }
}
