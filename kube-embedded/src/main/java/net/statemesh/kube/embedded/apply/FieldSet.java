// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.statemesh.kube.embedded.object.Json;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths as a tree, in the vocabulary of {@code FieldsV1}: {@code f:name} a field, {@code k:{...}} a list item by its
 * keys, {@code v:...} an item of a set.
 */
public final class FieldSet {
    private final TreeMap<String, FieldSet> children = new TreeMap<>();
    private boolean member;

    public static FieldSet parse(JsonNode fields) {
        FieldSet set = new FieldSet();
        for (var each : fields.properties()) {
            if (each.getKey().equals(".")) {
                set.member = true;
            } else {
                FieldSet child = parse(each.getValue());
                child.member |= each.getValue().isEmpty();
                set.children.put(each.getKey(), child);
            }
        }
        return set;
    }

    /** The set as {@code FieldsV1}. */
    public ObjectNode toJson() {
        ObjectNode out = Json.object();
        if (member && !children.isEmpty()) {
            out.putObject(".");
        }
        children.forEach((step, child) -> {
            if (!child.isEmpty()) {
                out.set(step, child.toJson());
            }
        });
        return out;
    }

    FieldSet child(String step) {
        return children.computeIfAbsent(step, s -> new FieldSet());
    }

    @Nullable
    FieldSet find(String step) {
        return children.get(step);
    }

    Map<String, FieldSet> children() {
        return children;
    }

    boolean isMember() {
        return member;
    }

    void setMember() {
        member = true;
    }

    /** True when no path is in the set. */
    public boolean isEmpty() {
        return !member && children.values().stream().allMatch(FieldSet::isEmpty);
    }

    void addAll(FieldSet other) {
        member |= other.member;
        other.children.forEach((step, theirs) -> {
            if (!theirs.isEmpty()) {
                child(step).addAll(theirs);
            }
        });
    }

    void removeAll(FieldSet other) {
        member &= !other.member;
        other.children.forEach((step, theirs) -> {
            FieldSet mine = children.get(step);
            if (mine != null) {
                mine.removeAll(theirs);
                if (mine.isEmpty()) {
                    children.remove(step);
                }
            }
        });
    }

    /** Paths that are in both. */
    FieldSet intersection(FieldSet other) {
        FieldSet both = new FieldSet();
        both.member = member && other.member;
        children.forEach((step, mine) -> {
            FieldSet theirs = other.children.get(step);
            FieldSet inner = theirs == null ? null : mine.intersection(theirs);
            if (inner != null && !inner.isEmpty()) {
                both.children.put(step, inner);
            }
        });
        return both;
    }

    /** Takes a path and everything below it out of the set. */
    void cut(String... path) {
        FieldSet at = this;
        for (int i = 0; i < path.length - 1; i++) {
            FieldSet next = at.children.get(path[i]);
            if (next == null) {
                return;
            }
            at = next;
        }
        at.children.remove(path[path.length - 1]);
        if (path.length > 1 && at.isEmpty()) {
            children.remove(path[0]);
        }
    }

    /** Takes the path of a child out of the set, but nothing below it. */
    void disown(String step) {
        FieldSet child = children.get(step);
        if (child != null) {
            child.member = false;
        }
    }

    FieldSet copy() {
        FieldSet copy = new FieldSet();
        copy.addAll(this);
        return copy;
    }

    /** Every path in the set as people read it: {@code .spec.containers[name="web"].image}. */
    void paths(String prefix, Consumer<String> each) {
        if (member) {
            each.accept(prefix);
        }
        children.forEach((step, child) -> child.paths(prefix + readable(step), each));
    }

    private static String readable(String step) {
        String rest = step.substring(2);
        if (step.startsWith("f:")) {
            return "." + rest;
        }
        if (step.startsWith("v:")) {
            return "[=" + rest + "]";
        }
        StringBuilder keys = new StringBuilder();
        Json.parseTrusted(rest.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .properties()
                .forEach(key -> keys.append(keys.isEmpty() ? "" : ",")
                        .append(key.getKey())
                        .append('=')
                        .append(key.getValue()));
        return "[" + keys + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && set.toJson().equals(toJson()) && set.member == member;
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
