// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.api.validation.Violation;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.text.Nearest;

/** Reads Applications out of a file: every field known, every value of the right kind, or nothing at all. */
public final class Manifests {
    private static final Set<String> TOP = new TreeSet<>(Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    private static final Set<String> METADATA = new TreeSet<>(Set.of(
            "name",
            "namespace",
            "labels",
            "annotations",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "finalizers",
            "ownerReferences",
            "selfLink"));
    private static final Set<String> METADATA_KEPT = Set.of("name", "namespace", "labels", "annotations");
    private static final int MAX_SHOWN = 20;
    private static final int MAX_BYTES = YamlTree.MAX_CHARS;

    private Manifests() {}

    /** Applications of a file, or of {@code in} where the file is {@code -}. Status and what the server set are left out. */
    public static List<ObjectNode> applications(Path file, InputStream in) {
        String source = file.toString().equals("-") ? "standard input" : file.toString();
        List<ObjectNode> applications = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Schema schema = Schema.ofApplications();
        for (YamlTree document : YamlTree.parse(text(file, in), source)) {
            for (String problem : problemsOf(document, schema)) {
                problems.add(problem);
            }
            if (document.value() instanceof ObjectNode object) {
                applications.add(applicable(object));
            }
        }
        if (!problems.isEmpty()) {
            throw new StateMeshException(
                    CliErrors.MANIFEST,
                    "'" + source + "' has " + problems.size() + (problems.size() == 1 ? " mistake." : " mistakes."),
                    problems.stream().limit(MAX_SHOWN).toList(),
                    List.of("kubectl explain applications.spec"));
        }
        if (applications.isEmpty()) {
            throw new StateMeshException(
                    CliErrors.MANIFEST,
                    "'" + source + "' has no Application in it.",
                    List.of(),
                    List.of("start with: apiVersion: " + ApiGroup.API_VERSION + ", kind: Application"));
        }
        return applications;
    }

    private static List<String> problemsOf(YamlTree document, Schema schema) {
        List<Violation> found = new ArrayList<>();
        JsonNode value = document.value();
        if (!value.isObject()) {
            found.add(new Violation("", "a document", "an object with apiVersion, kind, metadata and spec"));
        } else {
            unknownFields("", value, TOP, found);
            word("apiVersion", value, ApiGroup.API_VERSION, found);
            word("kind", value, "Application", found);
            unknownFields("metadata.", value.path("metadata"), METADATA, found);
            if (!value.at("/metadata/name").isTextual()) {
                found.add(new Violation(
                        "metadata.name", value.at("/metadata/name").asText(), "a name"));
            }
            found.addAll(schema.check(value.path("spec").isMissingNode() ? emptySpec() : value.path("spec")));
        }
        return found.stream()
                .map(violation -> "line " + document.lineOf(violation.field()) + ": " + violation.sentence())
                .toList();
    }

    private static JsonNode emptySpec() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void unknownFields(String path, JsonNode value, Set<String> known, List<Violation> found) {
        for (var field : value.properties()) {
            if (!known.contains(field.getKey())) {
                String accepted = Nearest.to(field.getKey(), known)
                        .map(nearest -> "'" + nearest + "'")
                        .orElse("one of " + String.join(", ", known));
                found.add(new Violation(
                        path + field.getKey(),
                        field.getKey(),
                        accepted + " (there is no field '" + field.getKey() + "')"));
            }
        }
    }

    private static void word(String field, JsonNode value, String accepted, List<Violation> found) {
        if (!value.path(field).asText().equals(accepted)) {
            found.add(new Violation(field, value.path(field).asText(), "'" + accepted + "'"));
        }
    }

    private static ObjectNode applicable(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.retain(METADATA_KEPT);
        }
        return copy;
    }

    private static String text(Path file, InputStream in) {
        try {
            byte[] bytes = file.toString().equals("-") ? in.readNBytes(MAX_BYTES + 1) : bounded(file);
            if (bytes.length > MAX_BYTES) {
                throw new StateMeshException(
                        CliErrors.MANIFEST,
                        "'" + file + "' is larger than " + MAX_BYTES + " bytes.",
                        List.of(),
                        List.of("one manifest for each few applications"));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StateMeshException(
                    CliErrors.LOCAL_FILE,
                    "'" + file + "' cannot be read.",
                    List.of(String.valueOf(e)),
                    List.of("check the path"),
                    e);
        }
    }

    private static byte[] bounded(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(MAX_BYTES + 1);
        }
    }
}
