// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.statemesh.kube.embedded.apply.ManagedField.Manager;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which field of an object ({@code metadata.managedFields}), as Kubernetes' structured merge does it: updates take what they
 * change, applies own what they name, and an apply that would change another manager's field is a conflict unless forced.
 */
public final class Ownership {
    /** Update entries of one object; older ones are joined into {@link #ANCIENT}. */
    static final int MAX_UPDATE_MANAGERS = 10;

    private static final String ANCIENT = "ancient-changes";
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private Ownership() {}

    /** Who writes, through what, and when. */
    public record Writer(String name, ResourceType type, String subresource, String time) {
        Manager as(String operation) {
            return new Manager(name, operation, type.apiVersion(), subresource);
        }
    }

    /**
     * Records what an update or a create changed.
     *
     * @param before the stored object, null on creation
     * @param next the object to be stored: its managedFields are set
     */
    public static void update(@Nullable ObjectNode before, ObjectNode next, Writer writer) {
        JsonNode sent = next.path("metadata").path("managedFields");
        boolean reset = sent.size() == 1 && sent.get(0).isEmpty();
        JsonNode from =
                sent.isEmpty() && before != null ? before.path("metadata").path("managedFields") : sent;
        Map<Manager, ManagedField> managers = reset ? new LinkedHashMap<>() : parse(from);
        if (reset) {
            Meta.of(next).remove("managedFields");
            return;
        }
        ObjectNode old = before == null ? blank(next) : stored(before);
        Typed.Difference difference =
                Typed.compare(old, stored(next), writer.type().schema());
        List.of(difference.added(), difference.modified(), difference.removed()).forEach(set -> ignore(set, writer));
        Manager me = writer.as(Manager.UPDATE);
        release(managers, me, difference);
        FieldSet mine = managers.containsKey(me) ? managers.get(me).fields().copy() : new FieldSet();
        FieldSet had = mine.copy();
        mine.removeAll(difference.removed());
        mine.addAll(difference.touched());
        if (mine.isEmpty()) {
            managers.remove(me);
        } else if (!mine.equals(had)) {
            managers.put(me, new ManagedField(me, writer.time(), mine));
        }
        join(managers, writer);
        store(next, managers);
    }

    /**
     * Merges an applied configuration into an object.
     *
     * @param live the stored object, null when there is none
     * @return the merged object with its managedFields
     */
    public static ObjectNode apply(@Nullable ObjectNode live, ObjectNode config, Writer writer, boolean force) {
        if (!config.path("metadata").path("managedFields").isEmpty()) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        Items.refuseDuplicates(config, writer.type().schema());
        ObjectNode base = live == null ? blank(config) : stored(live);
        Map<Manager, ManagedField> managers = live == null
                ? new LinkedHashMap<>()
                : parse(live.path("metadata").path("managedFields"));
        if (managers.isEmpty() && live != null) {
            Manager unknown = new Manager(
                    BEFORE_FIRST_APPLY, Manager.UPDATE, writer.type().apiVersion(), "");
            FieldSet found = clean(Typed.fields(base, writer.type().schema()), writer);
            if (!found.isEmpty()) {
                managers.put(unknown, new ManagedField(unknown, writer.time(), found));
            }
        }
        Manager me = writer.as(Manager.APPLY);
        FieldSet applied = clean(Typed.fields(tracked(config), writer.type().schema()), writer);
        ManagedField last = managers.get(me);
        boolean unchanged = last != null && last.fields().equals(applied);
        managers.put(me, unchanged ? last : new ManagedField(me, writer.time(), applied));

        ObjectNode merged =
                (ObjectNode) Typed.merge(base, tracked(config), writer.type().schema());
        if (last != null) {
            FieldSet kept = new FieldSet();
            managers.values().forEach(each -> kept.addAll(each.fields()));
            Typed.prune(merged, last.fields(), kept, writer.type().schema());
            merged = stored(merged);
        }
        Typed.Difference difference = Typed.compare(base, merged, writer.type().schema());
        List.of(difference.added(), difference.modified(), difference.removed()).forEach(set -> ignore(set, writer));
        if (!force) {
            refuseConflicts(managers, me, difference);
        }
        release(managers, me, difference);
        if (applied.isEmpty()) {
            managers.remove(me);
        }
        ObjectNode result = live == null ? merged : withIdentity(merged, live);
        store(result, managers);
        return result;
    }

    private static void refuseConflicts(Map<Manager, ManagedField> managers, Manager me, Typed.Difference difference) {
        FieldSet touched = difference.touched();
        Map<String, List<String>> conflicts = new TreeMap<>();
        managers.forEach((manager, entry) -> {
            if (!manager.equals(me)) {
                entry.fields()
                        .intersection(touched)
                        .paths(
                                "",
                                path -> conflicts
                                        .computeIfAbsent(entry.described(), m -> new ArrayList<>())
                                        .add(path));
            }
        });
        if (!conflicts.isEmpty()) {
            throw ApplyConflict.of(conflicts);
        }
    }

    /** Takes changed and removed fields away from everybody but {@code me}. */
    private static void release(Map<Manager, ManagedField> managers, Manager me, Typed.Difference difference) {
        FieldSet lost = difference.touched();
        lost.addAll(difference.removed());
        for (Manager manager : List.copyOf(managers.keySet())) {
            ManagedField entry = managers.get(manager);
            if (manager.equals(me) || entry == null) {
                continue;
            }
            FieldSet left = entry.fields().copy();
            left.removeAll(lost);
            if (left.isEmpty()) {
                managers.remove(manager);
            } else {
                managers.put(manager, new ManagedField(manager, entry.time(), left));
            }
        }
    }

    /** Joins the oldest update entries, so that their number stays bounded. */
    private static void join(Map<Manager, ManagedField> managers, Writer writer) {
        List<ManagedField> updates = managers.values().stream()
                .filter(each -> !each.manager().applies()
                        && each.manager().subresource().isEmpty())
                .sorted(Comparator.comparing(ManagedField::time))
                .toList();
        if (updates.size() <= MAX_UPDATE_MANAGERS) {
            return;
        }
        Manager ancient = new Manager(ANCIENT, Manager.UPDATE, writer.type().apiVersion(), "");
        FieldSet joined = new FieldSet();
        String time = "";
        for (ManagedField old : updates.subList(0, updates.size() - MAX_UPDATE_MANAGERS + 1)) {
            joined.addAll(old.fields());
            time = old.time();
            managers.remove(old.manager());
        }
        managers.put(ancient, new ManagedField(ancient, time, joined));
    }

    private static Map<Manager, ManagedField> parse(JsonNode list) {
        Map<Manager, ManagedField> managers = new LinkedHashMap<>();
        for (JsonNode each : list) {
            ManagedField entry = ManagedField.parse(each);
            managers.put(entry.manager(), entry);
        }
        return managers;
    }

    private static void store(ObjectNode object, Map<Manager, ManagedField> managers) {
        ArrayNode list = Json.array();
        managers.values().stream()
                .sorted(Comparator.comparing(
                                (ManagedField each) -> !each.manager().applies())
                        .thenComparing(ManagedField::time)
                        .thenComparing(each -> each.manager().name()))
                .forEach(each -> list.add(each.toJson()));
        if (list.isEmpty()) {
            Meta.of(object).remove("managedFields");
        } else {
            Meta.of(object).set("managedFields", list);
        }
    }

    /** The object without what nobody owns; it shares the rest with the object, so it is only to be read. */
    private static ObjectNode tracked(ObjectNode object) {
        ObjectNode rest = Json.object();
        rest.setAll(object);
        ObjectNode metadata = rest.putObject("metadata");
        if (object.path("metadata") instanceof ObjectNode all) {
            metadata.setAll(all);
            metadata.remove(UNTRACKED);
        }
        return rest;
    }

    /** What is tracked of an object as it is stored: its metadata went through a type that leaves empty maps and lists out. */
    private static ObjectNode stored(ObjectNode object) {
        ObjectNode rest = tracked(object);
        Json.child(rest, "metadata").properties().removeIf(each -> isEmptyContainer(each.getValue()));
        return rest;
    }

    private static boolean isEmptyContainer(JsonNode value) {
        return value.isContainerNode() && value.isEmpty();
    }

    private static final List<String> UNTRACKED = List.of(
            "managedFields",
            "creationTimestamp",
            "uid",
            "resourceVersion",
            "generation",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    /** Nobody owns these, so nobody who stops applying takes them away. */
    private static final List<String> IDENTITY =
            Stream.concat(Stream.of("name", "namespace"), UNTRACKED.stream()).toList();

    private static ObjectNode blank(ObjectNode object) {
        ObjectNode blank = Json.object();
        blank.set("apiVersion", object.path("apiVersion"));
        blank.set("kind", object.path("kind"));
        blank.putObject("metadata");
        return blank;
    }

    private static ObjectNode withIdentity(ObjectNode merged, ObjectNode live) {
        for (String field : IDENTITY) {
            JsonNode value = live.path("metadata").get(field);
            if (value != null) {
                Meta.of(merged).set(field, value);
            }
        }
        return merged;
    }

    private static FieldSet clean(FieldSet set, Writer writer) {
        ignore(set, writer);
        return set;
    }

    /** Fields that nobody owns, and the half of the object that this endpoint does not write. */
    private static void ignore(FieldSet set, Writer writer) {
        set.cut("f:apiVersion");
        set.cut("f:kind");
        set.cut("f:metadata", "f:name");
        set.cut("f:metadata", "f:namespace");
        FieldSet metadata = set.find("f:metadata");
        if (metadata != null && metadata.isMember() && metadata.children().isEmpty()) {
            set.cut("f:metadata");
        }
        if (!writer.type().isCustom()) {
            // these are always present in built-in kinds: nobody owns that they exist
            List.of("f:metadata", "f:spec", "f:status").forEach(set::disown);
        }
        if (writer.subresource().equals("status")) {
            set.cut("f:spec");
        } else if (writer.type().hasSubresource("status")) {
            set.cut("f:status");
        }
    }
}
