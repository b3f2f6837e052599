// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Documents of the tests are written in YAML, as people write them, and sent as JSON. */
public final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Trees() {}

    /** @param values put in place of {@code %s} and the like */
    @SuppressWarnings("AnnotateFormatMethod") // whose annotations are no dependency of ours
    public static JsonNode yaml(String text, Object... values) {
        try {
            return YAML.readTree(values.length == 0 ? text : text.formatted(values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode text(String text) {
        return JSON.createObjectNode().put("text", text);
    }
}
