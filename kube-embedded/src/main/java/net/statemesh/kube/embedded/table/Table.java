// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceType;

/** {@code meta.k8s.io/v1 Table}. */
public final class Table {
    /** How much of each object a row carries: {@code None}, {@code Metadata} or {@code Object}. */
    private final String include;

    private final List<Column> columns;

    public Table(ResourceType type, String include) {
        JsonNode custom = type.custom();
        this.columns = custom == null ? BuiltinColumns.of(type.id()) : CustomColumns.of(custom);
        this.include = include;
    }

    public ObjectNode of(Iterable<ObjectNode> objects, ObjectNode metadata, Instant now) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.set("metadata", metadata);
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", column.description())
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> row(rows.addObject(), object, now));
        return table;
    }

    /** {@code PartialObjectMetadata} of an object. */
    public static ObjectNode metadata(ObjectNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private void row(ObjectNode row, ObjectNode object, Instant now) {
        ArrayNode cells = row.putArray("cells");
        for (Column column : columns) {
            cells.addPOJO(column.value().apply(object, now));
        }
        switch (include.toLowerCase(Locale.ROOT)) {
            case "none" -> {}
            case "object" -> row.set("object", object);
            default -> row.set("object", metadata(object));
        }
    }
}
