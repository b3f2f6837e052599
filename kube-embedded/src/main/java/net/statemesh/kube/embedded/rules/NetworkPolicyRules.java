// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.object.Json;

/** A policy without policyTypes is for ingress, and for egress when it has egress rules. */
final class NetworkPolicyRules implements KindRules {
    @Override
    public void fillIn(ObjectNode object) {
        ObjectNode spec = Json.child(object, "spec");
        if (!spec.has("podSelector")) {
            spec.putObject("podSelector");
        }
        JsonNode types = spec.path("policyTypes");
        if (types.isEmpty()) {
            ArrayNode filled = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                filled.add("Egress");
            }
        }
    }
}
