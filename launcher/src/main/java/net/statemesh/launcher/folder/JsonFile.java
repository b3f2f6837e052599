// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;

/** Records as JSON files. A reader sees the old content or the new one, never half of it. */
public final class JsonFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private JsonFile() {}

    public static void write(Path file, Object value) throws IOException {
        PrivateFile.write(file, MAPPER.writeValueAsBytes(value));
    }

    /** Empty when there is no such file; {@link LauncherErrors#FILE_BROKEN} when it cannot be read as a {@code type}. */
    public static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new StateMeshException(
                    LauncherErrors.FILE_BROKEN,
                    file + " is damaged: it is not a " + type.getSimpleName() + " in JSON.",
                    List.of(e.getOriginalMessage()),
                    List.of("restore the file, or remove what is left of the zone: statemesh down --purge"),
                    e);
        }
    }
}
