// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.schema.Fields;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.schema.TypeCheck;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;

/** Takes an object that a client sent: right kind, known fields, right types. */
final class Intake {
    private final Schema objectMeta;

    Intake(Schema objectMeta) {
        this.objectMeta = objectMeta;
    }

    /** Checks and prunes in place; unknown fields are refused, warned about or ignored, as {@code fieldValidation} says. */
    ObjectNode accept(ResourceCall call, ObjectNode sent) {
        ResourceType type = call.type();
        checkKind(type, sent);
        sent.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (sent.has("metadata") && !sent.path("metadata").isObject()) {
            throw undecodable(type, "metadata", "object");
        }
        ObjectNode metadata = Json.child(sent, "metadata");
        Fields.dropNulls(metadata, objectMeta);
        List<String> unknownMeta = Fields.prune(metadata, objectMeta);
        metadata.remove(List.of("apiVersion", "kind", "metadata", "selfLink"));
        misfit(type, TypeCheck.first(metadata, objectMeta, "metadata"));
        List<String> unknown;
        if (type.isCustom()) {
            unknown = Fields.prune(sent, type.schema());
        } else {
            Fields.dropNulls(sent, type.schema());
            misfit(type, TypeCheck.first(sent, type.schema(), ""));
            unknown = Fields.prune(sent, type.schema());
        }
        Json.child(sent, "metadata");
        report(call, unknownMeta.stream().map(each -> "metadata." + each).toList(), unknown);
        return sent;
    }

    private static void report(ResourceCall call, List<String> unknownMeta, List<String> unknown) {
        String mode = call.http().parameter("fieldValidation");
        List<String> lines = java.util.stream.Stream.concat(unknownMeta.stream(), unknown.stream())
                .map(field -> "unknown field \"" + field + "\"")
                .toList();
        switch (mode) {
            case "Strict" -> {
                if (!lines.isEmpty()) {
                    ResourceType type = call.type();
                    String prefix = type.isCustom()
                            ? ""
                            : type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                                    + type.kind() + ": ";
                    throw ApiException.badRequest(prefix + "strict decoding error: " + String.join(", ", lines));
                }
            }
            case "", "Warn" -> lines.forEach(call.exchange()::warn);
            case "Ignore" -> {}
            default ->
                throw ApiException.badRequest("fieldValidation: Unsupported value: \"" + mode
                        + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"");
        }
    }

    private static void checkKind(ResourceType type, ObjectNode sent) {
        String kind = sent.path("kind").asText("");
        String apiVersion = sent.path("apiVersion").asText("");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + type.apiVersion() + ")");
        }
        if (type.isCustom() && !kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiException.invalid(
                    type.group(),
                    type.kind(),
                    Meta.name(sent),
                    List.of(Cause.invalidText("kind", kind, "must be " + type.kind())));
        }
        if (!kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiException.badRequest(
                    "the kind in the data (" + kind + ") does not match the expected kind (" + type.kind() + ")");
        }
        if (type.isCustom() && (kind.isEmpty() || apiVersion.isEmpty())) {
            throw ApiException.badRequest(
                    "Object 'Kind' and 'apiVersion' must be set; expected " + type.kind() + " in " + type.apiVersion());
        }
    }

    private static void misfit(ResourceType type, Optional<TypeCheck.Misfit> found) {
        found.ifPresent(misfit -> {
            throw ApiException.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                    + type.kind() + ": json: cannot unmarshal " + misfit.found() + " into field " + misfit.path()
                    + " of type " + misfit.accepted());
        });
    }

    private static ApiException undecodable(ResourceType type, String field, String accepted) {
        return ApiException.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": field " + field + " must be of type " + accepted);
    }
}
