// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.schema.BuiltinTypes;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code application/vnd.kubernetes.protobuf}, which stock clients prefer for built-in kinds when they write. Answers are always
 * JSON. Field numbers come from {@code builtin-protobuf.json} (derived by {@code src/schema/derive-protobuf.py}); a number that is not
 * there is refused, never dropped.
 */
public final class ProtobufBody {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final String QUANTITY = "apimachinery.pkg.api.resource.Quantity";
    private static final String TIME = "apimachinery.pkg.apis.meta.v1.Time";
    private static final String MICRO_TIME = "apimachinery.pkg.apis.meta.v1.MicroTime";
    private static final String FIELDS = "apimachinery.pkg.apis.meta.v1.FieldsV1";
    private static final String RAW = "apimachinery.pkg.runtime.RawExtension";
    private static final String INT_OR_STRING = "apimachinery.pkg.util.intstr.IntOrString";

    /** Fields that are optional in Kubernetes' types, so that zero and false say something. All others are always on the wire. */
    private static final Set<String> ZERO_COUNTS = Set.of(
            "terminationGracePeriodSeconds",
            "gracePeriodSeconds",
            "runAsUser",
            "runAsGroup",
            "fsGroup",
            "tolerationSeconds",
            "priority",
            "replicas",
            "automountServiceAccountToken",
            "immutable",
            "enableServiceLinks",
            "shareProcessNamespace",
            "runAsNonRoot",
            "readOnlyRootFilesystem",
            "allowPrivilegeEscalation",
            "privileged",
            "optional",
            "controller",
            "blockOwnerDeletion",
            "orphanDependents",
            "allowed");

    private static final class Tables {
        static final BuiltinTypes TYPES = BuiltinTypes.load();
        static final JsonNode FIELD_NUMBERS = read();

        private static JsonNode read() {
            try (InputStream in = BuiltinTypes.class.getResourceAsStream("builtin-protobuf.json")) {
                if (in == null) {
                    throw new IllegalStateException("builtin-protobuf.json is missing from the jar");
                }
                return Json.parse(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ProtobufBody() {}

    /** The object in an envelope ({@code runtime.Unknown}). */
    public static ObjectNode parse(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Wire.malformed();
        }
        String apiVersion = "";
        String kind = "";
        Wire raw = new Wire(body, 0, 0);
        for (Wire envelope = new Wire(body, MAGIC.length, body.length); envelope.more(); ) {
            int number = (int) (envelope.varint() >>> 3);
            Wire field = envelope.message();
            if (number == 1) {
                while (field.more()) {
                    int which = (int) (field.varint() >>> 3);
                    String text = field.message().text();
                    apiVersion = which == 1 ? text : apiVersion;
                    kind = which == 2 ? text : kind;
                }
            } else if (number == 2) {
                raw = field;
            }
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        message(raw, type(group, apiVersion.substring(slash + 1), kind), object);
        return object;
    }

    private static String type(String group, String version, String kind) {
        if (kind.equals("DeleteOptions")) {
            return "apimachinery.pkg.apis.meta.v1.DeleteOptions";
        }
        try {
            return Tables.TYPES.nameOf(group, version, kind);
        } catch (IllegalArgumentException e) {
            throw unknown(kind);
        }
    }

    private static void message(Wire wire, String type, ObjectNode into) {
        JsonNode fields = Tables.FIELD_NUMBERS.path(type);
        if (fields.isMissingNode() && wire.more()) {
            throw unknown(type);
        }
        while (wire.more()) {
            long tag = wire.varint();
            int wireType = (int) (tag & 7);
            JsonNode field = fields.path(Long.toString(tag >>> 3));
            if (field.isMissingNode() || (wireType != Wire.VARINT && wireType != Wire.LENGTH)) {
                throw ApiException.of(
                        415,
                        "UnsupportedMediaType",
                        "protobuf field " + (tag >>> 3) + " of " + type
                                + " is not known to this server; send application/json");
            }
            String name = field.get(0).asText();
            String of = field.get(1).asText();
            switch (field.get(2).asText()) {
                case "inline" -> message(wire.message(), of, into);
                case "list" -> {
                    ArrayNode list = into.get(name) instanceof ArrayNode have ? have : into.putArray(name);
                    JsonNode item = value(wire, wireType, of);
                    list.add(item == null ? Json.object() : item);
                }
                case "map" -> entry(wire.message(), of, Json.child(into, name));
                default -> {
                    JsonNode value = value(wire, wireType, of);
                    if (value != null && (says(value) || ZERO_COUNTS.contains(name))) {
                        into.set(name, value);
                    }
                }
            }
        }
    }

    private static void entry(Wire wire, String of, ObjectNode map) {
        String key = "";
        JsonNode value = JsonNodeFactory.instance.textNode("");
        while (wire.more()) {
            long tag = wire.varint();
            if (tag >>> 3 == 1) {
                key = wire.message().text();
            } else {
                JsonNode read = value(wire, (int) (tag & 7), of);
                value = read == null ? value : read;
            }
        }
        map.set(key, value);
    }

    private static @Nullable JsonNode value(Wire wire, int wireType, String type) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (wireType == Wire.VARINT) {
            long number = wire.varint();
            return type.equals("bool") ? nodes.booleanNode(number != 0) : nodes.numberNode(number);
        }
        Wire content = wire.message();
        return switch (type) {
            case "string" -> nodes.textNode(content.text());
            case "bytes" -> nodes.textNode(Base64.getEncoder().encodeToString(content.rest()));
            case QUANTITY -> nodes.textNode(plain(content, type).path("string").asText(""));
            case TIME, MICRO_TIME -> time(plain(content, type), type.equals(MICRO_TIME));
            case FIELDS, RAW -> embedded(plain(content, type));
            case INT_OR_STRING -> {
                ObjectNode either = plain(content, type);
                yield either.path("type").asInt(0) == 1
                        ? nodes.textNode(either.path("strVal").asText(""))
                        : nodes.numberNode(either.path("intVal").asInt(0));
            }
            default -> {
                ObjectNode inner = plain(content, type);
                yield type.endsWith(".ExtraValue") ? inner.withArray("items") : inner;
            }
        };
    }

    private static ObjectNode plain(Wire content, String type) {
        ObjectNode inner = Json.object();
        message(content, type, inner);
        return inner;
    }

    private static @Nullable JsonNode time(ObjectNode time, boolean micro) {
        if (time.isEmpty()) {
            return null;
        }
        Instant instant = Instant.ofEpochSecond(
                time.path("seconds").asLong(0), time.path("nanos").asLong(0));
        return JsonNodeFactory.instance.textNode(
                micro ? instant.toString() : net.statemesh.kube.embedded.object.Meta.time(instant));
    }

    private static JsonNode embedded(ObjectNode raw) {
        String field = raw.has("Raw") ? "Raw" : "raw";
        byte[] json = Base64.getDecoder().decode(raw.path(field).asText(""));
        try {
            return json.length == 0 ? Json.object() : Json.parse(json);
        } catch (IOException e) {
            throw Wire.malformed();
        }
    }

    /** False for the zero values that the wire format always carries. */
    private static boolean says(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> !value.asText().isEmpty();
            case NUMBER -> value.asLong() != 0;
            case BOOLEAN -> value.asBoolean();
            case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO -> true;
        };
    }

    private static ApiException unknown(String type) {
        return ApiException.of(
                415, "UnsupportedMediaType", "protobuf is not accepted for " + type + "; send application/json");
    }
}
