// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults of a structural schema. */
public final class Defaults {
    private Defaults() {}

    /** Adds defaults to {@code value} in place, parents before children. */
    public static void apply(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            schema.properties().forEach((name, property) -> fill(object, name, property));
            Schema additional = schema.additional();
            for (var each : object.properties()) {
                if (additional != null && schema.property(each.getKey()) == null) {
                    apply(each.getValue(), additional);
                }
            }
        } else if (value.isArray()) {
            Schema items = schema.items();
            if (items != null) {
                value.forEach(each -> apply(each, items));
            }
        }
    }

    private static void fill(ObjectNode object, String name, Schema property) {
        JsonNode have = object.get(name);
        JsonNode fallback =
                property.defaultValue() == null ? property.follow().defaultValue() : property.defaultValue();
        boolean replaceNull =
                have != null && have.isNull() && !property.follow().nullable();
        if (fallback != null && (have == null || replaceNull)) {
            object.set(name, fallback.deepCopy());
        }
        JsonNode now = object.get(name);
        if (now != null) {
            apply(now, property.follow());
        }
    }
}
