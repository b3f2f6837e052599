// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.Cause;

/** Secrets and ConfigMaps: keys, sizes, immutability, and the data each type of Secret must have. */
final class SecretRules implements KindRules {
    /** As in Kubernetes. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private final boolean secret;

    SecretRules(boolean secret) {
        this.secret = secret;
    }

    @Override
    public void fillIn(ObjectNode object) {
        if (secret && object.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.child(object, "data");
            plain.properties()
                    .forEach(each -> data.put(
                            each.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(each.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        long bytes = 0;
        for (String field : List.of("data", "binaryData")) {
            for (var each : object.path(field).properties()) {
                String at = field + "[" + each.getKey() + "]";
                if (!KEY.matcher(each.getKey()).matches()
                        || each.getKey().equals(".")
                        || each.getKey().startsWith("..")) {
                    causes.add(Cause.invalidText(
                            at,
                            each.getKey(),
                            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                                    + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
                }
                String text = each.getValue().asText("");
                bytes += text.length();
                if ((secret || field.equals("binaryData")) && !isBase64(text)) {
                    causes.add(Cause.invalidText(at, "<redacted>", "must be base64 (RFC 4648)"));
                }
            }
        }
        if (bytes > MAX_BYTES) {
            causes.add(Cause.tooLong("", MAX_BYTES));
        }
        if (secret) {
            for (String key : REQUIRED.getOrDefault(object.path("type").asText(), List.of())) {
                if (!object.path("data").has(key)) {
                    causes.add(Cause.required("data[" + key + "]", ""));
                }
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {
        if (secret && !next.path("type").equals(before.path("type"))) {
            causes.add(Cause.invalidText("type", next.path("type").asText(), "field is immutable"));
        }
        if (before.path("immutable").asBoolean(false)) {
            for (String field : List.of("immutable", "data", "binaryData")) {
                JsonNode now = next.path(field);
                if (!now.equals(before.path(field))) {
                    causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
                }
            }
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
