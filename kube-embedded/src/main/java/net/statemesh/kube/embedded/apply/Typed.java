// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Values seen through their schema: their field set, what differs between two, their merge, what is left after removal. */
final class Typed {
    private Typed() {}

    /** Fields of a value that somebody who applies it owns. */
    static FieldSet fields(JsonNode value, @Nullable Schema schema) {
        FieldSet set = new FieldSet();
        collect(value, schema, set);
        return set;
    }

    private static void collect(JsonNode value, @Nullable Schema schema, FieldSet into) {
        if (Items.isLeaf(value, schema) || value.isEmpty()) {
            into.setMember();
            return;
        }
        Items.of(value, schema).forEach((step, part) -> {
            FieldSet child = into.child(step);
            collect(part, Items.schemaOf(step, schema), child);
            if (Items.isEntry(step, schema)) {
                child.setMember();
            }
        });
    }

    /** What an update changed. */
    record Difference(FieldSet added, FieldSet modified, FieldSet removed) {
        static Difference none() {
            return new Difference(new FieldSet(), new FieldSet(), new FieldSet());
        }

        Difference child(String step) {
            return new Difference(added.child(step), modified.child(step), removed.child(step));
        }

        FieldSet touched() {
            FieldSet both = added.copy();
            both.addAll(modified);
            return both;
        }
    }

    static Difference compare(JsonNode before, JsonNode after, @Nullable Schema schema) {
        Difference difference = Difference.none();
        compareParts(before, after, schema, difference);
        return difference;
    }

    private static void compare(
            @Nullable JsonNode before, @Nullable JsonNode after, @Nullable Schema schema, Difference into) {
        JsonNode shape = after == null ? before : after;
        if (shape == null || (before != null && before.equals(after))) {
            return;
        }
        boolean sameShape = before == null || after == null || before.getNodeType() == after.getNodeType();
        boolean empty = (before == null || before.isEmpty()) && (after == null || after.isEmpty());
        if (Items.isLeaf(shape, schema) || !sameShape || empty) {
            (before == null ? into.added() : after == null ? into.removed() : into.modified()).setMember();
            return;
        }
        if (before == null) {
            into.added().setMember();
        } else if (after == null) {
            into.removed().setMember();
        }
        JsonNode none = shape.isArray() ? Json.array() : Json.object();
        compareParts(before == null ? none : before, after == null ? none : after, schema, into);
    }

    private static void compareParts(JsonNode before, JsonNode after, @Nullable Schema schema, Difference into) {
        Map<String, JsonNode> old = Items.of(before, schema);
        Map<String, JsonNode> now = Items.of(after, schema);
        Set<String> steps = new LinkedHashSet<>(old.keySet());
        steps.addAll(now.keySet());
        for (String step : steps) {
            compare(old.get(step), now.get(step), Items.schemaOf(step, schema), into.child(step));
        }
    }

    /** Lays an applied value over a live one. */
    static JsonNode merge(@Nullable JsonNode live, JsonNode applied, @Nullable Schema schema) {
        if (live == null || Items.isLeaf(applied, schema) || live.getNodeType() != applied.getNodeType()) {
            return applied.deepCopy();
        }
        Map<String, JsonNode> old = Items.of(live, schema);
        Map<String, JsonNode> now = Items.of(applied, schema);
        if (live.isObject()) {
            ObjectNode result = ((ObjectNode) live).deepCopy();
            now.forEach((step, part) ->
                    result.set(step.substring(2), merge(old.get(step), part, Items.schemaOf(step, schema))));
            return result;
        }
        ArrayNode result = Json.array();
        for (String step : MergeOrder.of(old.keySet(), now.keySet())) {
            JsonNode mine = now.get(step);
            JsonNode theirs = old.get(step);
            if (mine != null) {
                result.add(merge(theirs, mine, Items.schemaOf(step, schema)));
            } else if (theirs != null) {
                result.add(theirs.deepCopy());
            }
        }
        return result;
    }

    /** Takes out what is in {@code unwanted} and not, itself or below, in {@code kept}. Works in place. */
    static void prune(JsonNode value, FieldSet unwanted, FieldSet kept, @Nullable Schema schema) {
        if (Items.isLeaf(value, schema)) {
            return;
        }
        Map<String, JsonNode> parts = Items.of(value, schema);
        unwanted.children().forEach((step, inner) -> {
            JsonNode part = parts.get(step);
            FieldSet owned = kept.find(step);
            if (part == null) {
                return;
            }
            if (owned == null || owned.isEmpty()) {
                remove(value, step, part);
            } else {
                prune(part, inner, owned, Items.schemaOf(step, schema));
            }
        });
    }

    private static void remove(JsonNode parent, String step, JsonNode part) {
        if (parent instanceof ObjectNode object) {
            object.remove(step.substring(2));
        } else if (parent instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (array.get(i).equals(part)) {
                    array.remove(i);
                }
            }
        }
    }
}
