// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * One column of a table.
 *
 * @param type {@code string}, {@code integer}, {@code date} ...
 * @param format {@code name} for the column that names the object, else mostly empty
 * @param priority 0 is always shown, 1 only with {@code -o wide}
 * @param value the cell of an object, a String, Long, Boolean or null
 */
record Column(
        String name,
        String type,
        String format,
        String description,
        int priority,
        BiFunction<JsonNode, Instant, Object> value) {

    static Column text(String name, BiFunction<JsonNode, Instant, Object> value) {
        return new Column(name, "string", "", "", 0, value);
    }

    static Column wide(String name, BiFunction<JsonNode, Instant, Object> value) {
        return new Column(name, "string", "", "", 1, value);
    }

    static Column objectName() {
        return new Column(
                "Name",
                "string",
                "name",
                "Unique name of the object within its namespace.",
                0,
                (object, now) -> object.at("/metadata/name").asText());
    }

    static Column age() {
        return text(
                "Age",
                (object, now) ->
                        Durations.since(object.at("/metadata/creationTimestamp").asText(""), now));
    }

    static Column createdAt() {
        return new Column(
                "Created At",
                "date",
                "",
                "",
                0,
                (object, now) -> object.at("/metadata/creationTimestamp").asText(""));
    }
}
