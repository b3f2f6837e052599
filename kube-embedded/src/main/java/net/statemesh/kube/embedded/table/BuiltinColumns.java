// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of built-in kinds, as Kubernetes has them. */
final class BuiltinColumns {
    private static final String RBAC = ".rbac.authorization.k8s.io";
    private static final String NONE = "<none>";
    private static final List<Column> PLAIN = List.of(Column.objectName(), Column.age());
    private static final List<Column> CREATED = List.of(Column.objectName(), Column.createdAt());

    private static final Map<String, List<Column>> COLUMNS = Map.ofEntries(
            Map.entry("pods", PodCells.columns()),
            Map.entry("nodes", NodeCells.columns()),
            Map.entry("events", EventCells.columns()),
            Map.entry("namespaces", List.of(Column.objectName(), at("Status", "/status/phase"), Column.age())),
            Map.entry("services", services()),
            Map.entry(
                    "endpoints",
                    List.of(Column.objectName(), Column.text("Endpoints", (e, now) -> endpoints(e)), Column.age())),
            Map.entry("secrets", List.of(Column.objectName(), at("Type", "/type"), size("Data", "data"), Column.age())),
            Map.entry("configmaps", List.of(Column.objectName(), configData(), Column.age())),
            Map.entry("serviceaccounts", List.of(Column.objectName(), size("Secrets", "secrets"), Column.age())),
            Map.entry("resourcequotas", quotas()),
            Map.entry(
                    "leases.coordination.k8s.io",
                    List.of(Column.objectName(), at("Holder", "/spec/holderIdentity"), Column.age())),
            Map.entry("endpointslices.discovery.k8s.io", slices()),
            Map.entry(
                    "networkpolicies.networking.k8s.io",
                    List.of(
                            Column.objectName(),
                            Column.text(
                                    "Pod-Selector",
                                    (policy, now) -> labels(policy.at("/spec/podSelector/matchLabels"))),
                            Column.age())),
            Map.entry("roles" + RBAC, CREATED),
            Map.entry("clusterroles" + RBAC, CREATED),
            Map.entry("rolebindings" + RBAC, bindings()),
            Map.entry("clusterrolebindings" + RBAC, bindings()),
            Map.entry("customresourcedefinitions.apiextensions.k8s.io", CREATED));

    private BuiltinColumns() {}

    static List<Column> of(String resource) {
        return COLUMNS.getOrDefault(resource, PLAIN);
    }

    static Column at(String name, String pointer) {
        return Column.text(name, (object, now) -> object.at(pointer).asText(""));
    }

    static String labels(JsonNode labels) {
        String text = labels.properties().stream()
                .map(each -> each.getKey() + "=" + each.getValue().asText())
                .collect(Collectors.joining(","));
        return text.isEmpty() ? NONE : text;
    }

    private static Column size(String name, String field) {
        return new Column(name, "integer", "", "", 0, (object, now) ->
                (long) object.path(field).size());
    }

    private static Column configData() {
        return new Column(
                "Data",
                "integer",
                "",
                "",
                0,
                (object, now) -> (long) object.path("data").size()
                        + object.path("binaryData").size());
    }

    private static List<Column> services() {
        return List.of(
                Column.objectName(),
                at("Type", "/spec/type"),
                Column.text(
                        "Cluster-IP",
                        (service, now) ->
                                PodCells.orNone(service.at("/spec/clusterIP").asText(""))),
                Column.text(
                        "External-IP",
                        (service, now) ->
                                PodCells.orNone(service.at("/spec/externalName").asText(""))),
                Column.text("Port(s)", (service, now) -> ports(service.at("/spec/ports"))),
                Column.age(),
                Column.wide("Selector", (service, now) -> labels(service.at("/spec/selector"))));
    }

    private static String ports(JsonNode ports) {
        List<String> texts = new ArrayList<>();
        for (JsonNode port : ports) {
            String node = port.has("nodePort") ? ":" + port.path("nodePort").asInt() : "";
            texts.add(port.path("port").asInt() + node + "/"
                    + port.path("protocol").asText("TCP"));
        }
        return texts.isEmpty() ? NONE : String.join(",", texts);
    }

    private static String endpoints(JsonNode endpoints) {
        List<String> texts = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode address : subset.path("addresses")) {
                for (JsonNode port : subset.path("ports")) {
                    texts.add(address.path("ip").asText() + ":"
                            + port.path("port").asInt());
                }
            }
        }
        return some(texts);
    }

    private static List<Column> slices() {
        return List.of(
                Column.objectName(),
                at("AddressType", "/addressType"),
                Column.text(
                        "Ports",
                        (slice, now) -> some(slice.path("ports")
                                .valueStream()
                                .map(port -> port.path("port").asText("<unset>"))
                                .toList())),
                Column.text(
                        "Endpoints",
                        (slice, now) -> some(slice.path("endpoints")
                                .valueStream()
                                .flatMap(endpoint -> endpoint.path("addresses").valueStream())
                                .map(JsonNode::asText)
                                .toList())),
                Column.age());
    }

    /** Up to three, then how many more. */
    private static String some(List<String> texts) {
        if (texts.isEmpty()) {
            return NONE;
        }
        String shown = String.join(",", texts.subList(0, Math.min(3, texts.size())));
        return texts.size() <= 3 ? shown : shown + " + " + (texts.size() - 3) + " more...";
    }

    private static List<Column> quotas() {
        return List.of(
                Column.objectName(),
                Column.age(),
                Column.text("Request", (quota, now) -> amounts(quota, false)),
                Column.text("Limit", (quota, now) -> amounts(quota, true)));
    }

    private static String amounts(JsonNode quota, boolean limits) {
        return quota.at("/status/hard").properties().stream()
                .filter(each -> each.getKey().startsWith("limits.") == limits)
                .map(each -> each.getKey() + ": "
                        + quota.path("status").path("used").path(each.getKey()).asText("0") + "/"
                        + each.getValue().asText())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static List<Column> bindings() {
        return List.of(
                Column.objectName(),
                Column.text(
                        "Role",
                        (binding, now) -> binding.at("/roleRef/kind").asText() + "/"
                                + binding.at("/roleRef/name").asText()),
                Column.age(),
                Column.wide("Users", (binding, now) -> subjects(binding, "User")),
                Column.wide("Groups", (binding, now) -> subjects(binding, "Group")),
                Column.wide("ServiceAccounts", (binding, now) -> subjects(binding, "ServiceAccount")));
    }

    private static String subjects(JsonNode binding, String kind) {
        return binding.path("subjects")
                .valueStream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .map(each -> (each.has("namespace") ? each.path("namespace").asText() + "/" : "")
                        + each.path("name").asText())
                .collect(Collectors.joining(", "));
    }
}
