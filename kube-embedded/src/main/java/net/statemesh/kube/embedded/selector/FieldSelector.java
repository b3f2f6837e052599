// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.selector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;

/** A field selector; each resource accepts a fixed set of fields. */
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> ACCEPTED = Map.of(
            "pods",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            "events",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "secrets",
            Set.of("type"),
            "nodes",
            Set.of("spec.unschedulable"),
            "namespaces",
            Set.of("status.phase"),
            "services",
            Set.of("spec.clusterIP", "spec.type"));

    record Term(String field, String value, boolean equal) {}

    public static FieldSelector parse(String text, ResourceType type) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                terms.add(term(part.strip(), type));
            }
        }
        return new FieldSelector(List.copyOf(terms));
    }

    public boolean matches(JsonNode object) {
        for (Term term : terms) {
            if (value(object, term.field()).equals(term.value()) != term.equal()) {
                return false;
            }
        }
        return true;
    }

    /** The name that this selects alone; empty when it selects by more than a name. */
    public String onlyName() {
        return only("metadata.name");
    }

    /** The one value of a field that this selects; empty when it selects others, too. */
    public String only(String field) {
        return terms.stream()
                .filter(term -> term.equal() && term.field().equals(field))
                .map(Term::value)
                .findFirst()
                .orElse("");
    }

    private static Term term(String part, ResourceType type) {
        int sign = part.indexOf('=');
        if (sign < 1) {
            throw ApiException.badRequest(
                    "invalid field selector: \"" + part + "\"; accepted: field=value, field==value, field!=value");
        }
        boolean equal = part.charAt(sign - 1) != '!';
        String field = part.substring(0, equal ? sign : sign - 1).strip();
        String value = part.substring(part.startsWith("==", sign) ? sign + 2 : sign + 1)
                .strip();
        Set<String> accepted = accepted(type);
        if (!ALWAYS.contains(field) && !accepted.contains(field)) {
            throw ApiException.badRequest("Unable to find \"" + type.group()
                    + (type.group().isEmpty() ? "" : "/")
                    + type.version() + ", Resource=" + type.plural()
                    + "\" that match label selector \"\", field selector \"" + part
                    + "\": field label not supported: " + field + "; accepted: "
                    + Stream.concat(ALWAYS.stream(), accepted.stream()).sorted().collect(Collectors.joining(", ")));
        }
        return new Term(field, value, equal);
    }

    private static Set<String> accepted(ResourceType type) {
        if (type.custom() != null) {
            return Stream.of(type.custom().path("selectableFields"))
                    .flatMap(list -> list.valueStream())
                    .map(each -> each.path("jsonPath").asText().replaceFirst("^\\.", ""))
                    .collect(Collectors.toSet());
        }
        return type.group().isEmpty() ? ACCEPTED.getOrDefault(type.plural(), Set.of()) : Set.of();
    }

    private static String value(JsonNode object, String field) {
        JsonNode value = Json.at(object, field.split("\\.", -1));
        if (field.equals("spec.unschedulable") || field.equals("spec.hostNetwork")) {
            return String.valueOf(value.asBoolean(false));
        }
        return field.equals("source") ? Json.text(object, "source", "component") : value.asText("");
    }
}
