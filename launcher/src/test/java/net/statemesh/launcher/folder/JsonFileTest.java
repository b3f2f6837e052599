// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadAndNobodyElseMayRead() throws IOException {
        Path file = folder.resolve("zone.json");
        ZoneRecord zone =
                new ZoneRecord("local-1", "statemesh.localhost", 8443, 8080, 6440, 64, "r:1", List.of(), List.of());
        JsonFile.write(file, zone);
        assertThat(JsonFile.read(file, ZoneRecord.class)).contains(zone);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void fileThatDoesNotExistIsEmpty() throws IOException {
        assertThat(JsonFile.read(folder.resolve("none.json"), ZoneRecord.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"name\":\"a\"}", "\u0000\u0000\u0000"})
    void damagedFileIsNamed(String content) throws IOException {
        Path file = folder.resolve("zone.json");
        Files.writeString(file, content);
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> JsonFile.read(file, ZoneRecord.class))
                .withMessageContaining(file.toString())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(LauncherErrors.FILE_BROKEN));
    }
}
