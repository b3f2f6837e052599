// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.rules.Names;
import net.statemesh.kube.embedded.status.Cause;

/** CustomResourceDefinitions themselves. They are established as soon as they are stored. */
public final class DefinitionRules implements KindRules {
    /** Keeps a definition until the objects it defines are gone. */
    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final InstantSource clock;

    public DefinitionRules(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void fillIn(ObjectNode object) {
        ObjectNode spec = Json.child(object, "spec");
        ObjectNode names = Json.child(spec, "names");
        String kind = names.path("kind").asText("");
        if (names.path("singular").asText("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.path("listKind").asText("").isEmpty()) {
            names.put("listKind", kind + "List");
        }
        Json.child(spec, "conversion");
        if (spec.path("conversion").isEmpty()) {
            Json.child(spec, "conversion").put("strategy", "None");
        }
        for (JsonNode version : spec.path("versions")) {
            JsonNode scale = version.at("/subresources/scale");
            if (scale instanceof ObjectNode object2
                    && object2.path("labelSelectorPath").asText("x").isEmpty()) {
                object2.remove("labelSelectorPath");
            }
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.remove("status");
        Meta.addFinalizer(object, CLEANUP);
        fillIn(object);
        establish(object, Json.object());
    }

    @Override
    public void prepareUpdate(ObjectNode next, ObjectNode before) {
        fillIn(next);
        establish(next, before.path("status"));
    }

    private void establish(ObjectNode object, JsonNode before) {
        ObjectNode status = Json.child(object, "status");
        status.set("acceptedNames", object.path("spec").path("names").deepCopy());
        if (before.path("conditions").isEmpty()) {
            ArrayNode conditions = status.putArray("conditions");
            condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
            condition(conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted");
        }
        ArrayNode stored = Json.array();
        before.path("storedVersions").forEach(stored::add);
        for (JsonNode version : object.path("spec").path("versions")) {
            JsonNode name = version.path("name");
            boolean known = stored.valueStream().anyMatch(name::equals);
            if (version.path("storage").asBoolean(false) && !known) {
                stored.add(name);
            }
        }
        status.set("storedVersions", stored);
    }

    private void condition(ArrayNode conditions, String type, String reason, String message) {
        conditions
                .addObject()
                .put("lastTransitionTime", Meta.time(clock.instant()))
                .put("message", message)
                .put("reason", reason)
                .put("status", "True")
                .put("type", type);
    }

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        JsonNode spec = object.path("spec");
        String group = spec.path("group").asText("");
        String plural = Json.text(spec, "names", "plural");
        if (group.indexOf('.') < 0) {
            causes.add(Cause.invalidText("spec.group", group, "should be a domain with at least one dot"));
        } else {
            Names.subdomain("spec.group", group).ifPresent(causes::add);
        }
        if (!Meta.name(object).equals(plural + "." + group)) {
            causes.add(Cause.invalidText(
                    "metadata.name", Meta.name(object), "must be spec.names.plural+\".\"+spec.group"));
        }
        for (String field : List.of("plural", "kind")) {
            if (Json.text(spec, "names", field).isEmpty()) {
                causes.add(Cause.required("spec.names." + field, ""));
            }
        }
        if (!List.of("Namespaced", "Cluster").contains(spec.path("scope").asText(""))) {
            causes.add(
                    Cause.notSupported("spec.scope", spec.path("scope").asText(""), List.of("Cluster", "Namespaced")));
        }
        if (!Json.text(spec, "conversion", "strategy").equals("None")) {
            causes.add(Cause.notSupported(
                    "spec.conversion.strategy", Json.text(spec, "conversion", "strategy"), List.of("None")));
        }
        versions(spec.path("versions"), causes);
    }

    private static void versions(JsonNode versions, List<Cause> causes) {
        Set<String> names = new HashSet<>();
        int storage = 0;
        for (int i = 0; i < versions.size(); i++) {
            String at = "spec.versions[" + i + "]";
            JsonNode version = versions.get(i);
            String name = version.path("name").asText("");
            Names.label(at + ".name", name).ifPresent(causes::add);
            if (!names.add(name)) {
                causes.add(Cause.duplicate(at + ".name", '"' + name + '"'));
            }
            storage += version.path("storage").asBoolean(false) ? 1 : 0;
            JsonNode schema = version.path("schema").path("openAPIV3Schema");
            if (!schema.isObject()) {
                causes.add(Cause.required(at + ".schema.openAPIV3Schema", "schemas are required"));
            } else {
                new StructuralSchema(causes).root(schema, at + ".schema.openAPIV3Schema");
            }
        }
        if (storage != 1) {
            causes.add(Cause.invalid(
                    "spec.versions",
                    Integer.toString(storage),
                    "must have exactly one version marked as storage version"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {
        for (String field : List.of("group", "scope")) {
            if (!next.path("spec").path(field).equals(before.path("spec").path(field))) {
                causes.add(Cause.invalidText("spec." + field, Json.text(next, "spec", field), "field is immutable"));
            }
        }
        for (String field : List.of("plural", "kind")) {
            if (!Json.at(next, "spec", "names", field).equals(Json.at(before, "spec", "names", field))) {
                causes.add(Cause.invalidText(
                        "spec.names." + field, Json.text(next, "spec", "names", field), "field is immutable"));
            }
        }
    }
}
