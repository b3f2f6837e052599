// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.protobuf.ProtobufBody;
import net.statemesh.kube.embedded.status.ApiException;

/** Reads request bodies: JSON and YAML. */
public final class Body {
    private Body() {}

    /** The body as an object; the content type decides between JSON and YAML. */
    public static ObjectNode object(ApiRequest request) {
        if (tree(request) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body must be one object of the form {\"kind\": ..., \"apiVersion\": ...}");
    }

    public static JsonNode tree(ApiRequest request) {
        String type = mediaType(request);
        if (request.body().length == 0) {
            throw ApiException.badRequest("the body is empty; one object is expected");
        }
        return switch (type) {
            case "", "application/json", "*/*" -> json(request.body());
            case ProtobufBody.MEDIA_TYPE -> ProtobufBody.parse(request.body());
            case "application/yaml", "application/x-yaml", "text/yaml" -> Yaml.parse(request.body());
            default ->
                throw ApiException.of(
                        415,
                        "UnsupportedMediaType",
                        "the body of the request was in an unknown format: \"" + type
                                + "\" - accepted media types include: application/json, application/yaml");
        };
    }

    /** Content type without its parameters, lower case. */
    public static String mediaType(ApiRequest request) {
        String type = request.header("Content-Type");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** A body that may be YAML or, as its subset, JSON. */
    public static JsonNode yaml(byte[] body) {
        for (byte each : body) {
            if (!Character.isWhitespace(each)) {
                return each == '{' ? json(body) : Yaml.parse(body);
            }
        }
        throw ApiException.badRequest("the body is empty; one object is expected");
    }

    public static JsonNode json(byte[] body) {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw ApiException.badRequest("the body is not valid JSON" + where + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest("the body cannot be read: " + e.getMessage());
        }
    }
}
