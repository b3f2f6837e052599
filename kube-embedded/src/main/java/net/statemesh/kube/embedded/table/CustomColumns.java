// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The printer columns of a CustomResourceDefinition. */
final class CustomColumns {
    private CustomColumns() {}

    static List<Column> of(JsonNode version) {
        List<Column> columns = new ArrayList<>(List.of(Column.objectName()));
        JsonNode defined = version.path("additionalPrinterColumns");
        if (defined.isEmpty()) {
            columns.add(Column.age());
        }
        for (JsonNode each : defined) {
            JsonPath path = JsonPath.parse(each.path("jsonPath").asText());
            String type = each.path("type").asText("string");
            columns.add(new Column(
                    each.path("name").asText(),
                    type,
                    each.path("format").asText(""),
                    each.path("description").asText(""),
                    each.path("priority").asInt(0),
                    (object, now) -> cell(path.first(object), type, now)));
        }
        return List.copyOf(columns);
    }

    private static @Nullable Object cell(JsonNode value, String type, Instant now) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return switch (type) {
            case "integer" -> value.isNumber() ? (Object) value.asLong() : null;
            case "number" -> value.isNumber() ? (Object) value.decimalValue() : null;
            case "boolean" -> value.isBoolean() ? (Object) value.asBoolean() : null;
            case "date" -> Durations.since(value.asText(""), now);
            default -> value.isValueNode() ? value.asText() : value.toString();
        };
    }
}
