// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * The zone and project that commands speak to: flag, then environment, then {@code ~/.statemesh/config.json} (
 * <code>{"current": "&lt;zone folder&gt;", "project": "&lt;name&gt;"}</code>).
 */
public final class ZoneContext {
    /** Environment variable with the zone's folder. */
    public static final String DATA_VARIABLE = "STATEMESH_DATA";
    /** Environment variable with the project's name. */
    public static final String PROJECT_VARIABLE = "STATEMESH_PROJECT";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final @Nullable Setting data;
    private final Setting project;

    /**
     * A value and where it came from.
     *
     * @param source for people: {@code --data}, {@code STATEMESH_DATA}, a file or {@code default}
     */
    public record Setting(String value, String source) {}

    private ZoneContext(Path file, @Nullable Setting data, Setting project) {
        this.file = file;
        this.data = data;
        this.project = project;
    }

    static ZoneContext resolve(Environment environment, @Nullable Path dataFlag) {
        Path file = fileIn(environment.home());
        JsonNode stored = read(file);
        Setting data = null;
        if (dataFlag != null) {
            data = new Setting(dataFlag.toAbsolutePath().normalize().toString(), "--data");
        } else if (!environment.variables().getOrDefault(DATA_VARIABLE, "").isEmpty()) {
            String value = environment.variables().get(DATA_VARIABLE);
            data = new Setting(Path.of(value).toAbsolutePath().normalize().toString(), DATA_VARIABLE);
        } else if (stored.hasNonNull("current")) {
            data = new Setting(stored.get("current").asText(), file.toString());
        }
        String variable = environment.variables().getOrDefault(PROJECT_VARIABLE, "");
        Setting project;
        if (!variable.isEmpty()) {
            project = new Setting(variable, PROJECT_VARIABLE);
        } else if (stored.hasNonNull("project")) {
            project = new Setting(stored.get("project").asText(), file.toString());
        } else {
            project = new Setting(SystemNames.DEFAULT_PROJECT, "default");
        }
        return new ZoneContext(file, data, project);
    }

    /** Where contexts are kept below a home folder. */
    public static Path fileIn(Path home) {
        return home.resolve(".statemesh").resolve("config.json");
    }

    /** Folder of the zone, if one is chosen. */
    public Optional<Setting> data() {
        return Optional.ofNullable(data);
    }

    public Setting project() {
        return project;
    }

    /** Folder of the zone, or an error that says how to choose one. */
    public Path zoneFolder() {
        if (data == null) {
            throw new StateMeshException(
                    CliErrors.NO_ZONE,
                    "No zone is chosen.",
                    List.of("no --data, no " + DATA_VARIABLE + ", no current zone in " + file),
                    List.of("statemesh up", "--data DIR"));
        }
        return Path.of(data.value());
    }

    /** The kubeconfig of {@link #zoneFolder}. */
    public Path kubeconfig() {
        Path file = zoneFolder().resolve("kubeconfig");
        if (!Files.isRegularFile(file)) {
            throw new StateMeshException(
                    CliErrors.NO_ZONE,
                    "There is no zone in '" + zoneFolder() + "'.",
                    List.of("no " + file, "the folder comes from " + (data == null ? "" : data.source())),
                    List.of("statemesh up", "--data DIR"));
        }
        return file;
    }

    /** Certificates of the CA that signs the router's, in PEM; empty: one that everybody trusts. */
    Optional<String> publicAuthority() {
        Path file = zoneFolder().resolve("ca.crt");
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Makes a zone the current one; the project goes back to the default. */
    public static void useZone(Path home, Path zoneFolder) {
        ObjectNode content = JSON.createObjectNode();
        content.put("current", zoneFolder.toAbsolutePath().normalize().toString());
        write(fileIn(home), content);
    }

    /** Makes a project the current one. */
    public static void useProject(Path home, String project) {
        Path file = fileIn(home);
        ObjectNode content = read(file) instanceof ObjectNode object ? object : JSON.createObjectNode();
        content.put("project", project);
        write(file, content);
    }

    /** Forgets a zone that is gone; another current zone stays. */
    public static void forgetZone(Path home, Path zoneFolder) {
        Path file = fileIn(home);
        JsonNode content = read(file);
        if (content.path("current")
                .asText()
                .equals(zoneFolder.toAbsolutePath().normalize().toString())) {
            write(file, JSON.createObjectNode());
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static StateMeshException unreadable(Path file, IOException cause) {
        return new StateMeshException(
                CliErrors.CONFIGURATION,
                "'" + file + "' cannot be read.",
                List.of(String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
                List.of("repair or remove it: rm " + file),
                cause);
    }

    private static void write(Path file, ObjectNode content) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "config", ".json");
            Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StateMeshException(
                    CliErrors.CONFIGURATION,
                    "'" + file + "' cannot be written.",
                    List.of(String.valueOf(e)),
                    List.of(),
                    e);
        }
    }
}
