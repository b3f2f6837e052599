// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.Cause;

/** Services: this engine hands out no cluster IPs, so a Service without one is headless. */
final class ServiceRules implements KindRules {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final int MAX_PORT = 65_535;

    @Override
    public void fillIn(ObjectNode object) {
        ObjectNode spec = Json.child(object, "spec");
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode each && !each.has("targetPort") && each.has("port")) {
                each.set("targetPort", each.get("port"));
            }
        }
        boolean external = spec.path("type").asText().equals("ExternalName");
        if (!external && spec.path("clusterIP").asText("").isEmpty()) {
            spec.put("clusterIP", "None");
        }
        if (!external && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(spec.get("clusterIP"));
        }
    }

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        JsonNode spec = object.path("spec");
        String type = spec.path("type").asText("");
        if (!TYPES.contains(type)) {
            causes.add(Cause.notSupported("spec.type", type, TYPES));
        }
        if (type.equals("ExternalName") && spec.path("externalName").asText("").isEmpty()) {
            causes.add(Cause.required("spec.externalName", ""));
        }
        JsonNode ports = spec.path("ports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String at = "spec.ports[" + i + "]";
            long number = ports.get(i).path("port").asLong(0);
            if (number < 1 || number > MAX_PORT) {
                causes.add(
                        Cause.invalid(at + ".port", Long.toString(number), "must be between 1 and 65535, inclusive"));
            }
            String name = ports.get(i).path("name").asText("");
            if (name.isEmpty() && ports.size() > 1) {
                causes.add(Cause.required(at + ".name", ""));
            } else if (!name.isEmpty() && !names.add(name)) {
                causes.add(Cause.duplicate(at + ".name", '"' + name + '"'));
            }
        }
    }

    @Override
    public void prepareUpdate(ObjectNode next, ObjectNode before) {
        ObjectNode spec = Json.child(next, "spec");
        for (String field : List.of("clusterIP", "clusterIPs")) {
            if (!spec.has(field) && before.path("spec").has(field)) {
                spec.set(field, before.path("spec").get(field));
            }
        }
    }
}
