// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.Cause;

/** Pods. */
final class PodRules implements KindRules {
    private static final Set<String> NO_EXECUTE =
            Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int TOLERATED_SECONDS = 300;

    @Override
    public void fillIn(ObjectNode pod) {
        PodDefaults.fillIn(pod);
    }

    @Override
    public void prepareCreate(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        spec.remove("ephemeralContainers");
        tolerate(spec);
        if (!spec.has("priority")) {
            spec.put("priority", 0);
        }
        if (!spec.has("preemptionPolicy")) {
            spec.put("preemptionPolicy", "PreemptLowerPriority");
        }
        ObjectNode status = pod.putObject("status").put("phase", "Pending");
        status.put("qosClass", Qos.of(spec));
    }

    @Override
    public void prepareUpdate(ObjectNode next, ObjectNode before) {
        JsonNode nodeName = before.path("spec").get("nodeName");
        if (nodeName != null && !next.path("spec").has("nodeName")) {
            Json.child(next, "spec").set("nodeName", nodeName);
        }
        String qos = Json.text(before, "status", "qosClass");
        if (!qos.isEmpty() && next.get("status") instanceof ObjectNode status && !status.has("qosClass")) {
            status.put("qosClass", qos);
        }
    }

    @Override
    public void validate(ObjectNode pod, List<Cause> causes) {
        new PodValidation(causes).spec(pod.path("spec"), "spec");
    }

    @Override
    public void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {
        ObjectNode mutable = (ObjectNode) next.path("spec").deepCopy();
        JsonNode old = before.path("spec");
        images(mutable, old);
        for (String field : List.of("activeDeadlineSeconds", "terminationGracePeriodSeconds", "schedulingGates")) {
            copy(mutable, old, field);
        }
        if (startsWith(mutable.path("tolerations"), old.path("tolerations"))) {
            copy(mutable, old, "tolerations");
        }
        if (!mutable.equals(old)) {
            causes.add(Cause.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to"
                            + " existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                            + " previously negative); changed: " + String.join(", ", changed(mutable, old))));
        }
    }

    private static Set<String> changed(JsonNode now, JsonNode old) {
        Set<String> fields = new HashSet<>();
        now.properties().forEach(each -> {
            if (!each.getValue().equals(old.path(each.getKey()))) {
                fields.add("spec." + each.getKey());
            }
        });
        old.properties().forEach(each -> {
            if (!now.has(each.getKey())) {
                fields.add("spec." + each.getKey());
            }
        });
        return fields;
    }

    private static void images(ObjectNode mutable, JsonNode old) {
        for (String list : List.of("containers", "initContainers")) {
            JsonNode now = mutable.path(list);
            for (int i = 0; i < now.size() && now.size() == old.path(list).size(); i++) {
                JsonNode image = old.path(list).get(i).get("image");
                if (image != null && now.get(i) instanceof ObjectNode container && container.has("image")) {
                    container.set("image", image);
                }
            }
        }
    }

    private static boolean startsWith(JsonNode list, JsonNode prefix) {
        for (JsonNode each : prefix) {
            boolean found = false;
            for (JsonNode item : list) {
                found |= item.equals(each);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static void copy(ObjectNode into, JsonNode from, String field) {
        if (from.has(field)) {
            into.set(field, from.get(field));
        } else {
            into.remove(field);
        }
    }

    /** As Kubernetes' DefaultTolerationSeconds: a pod outlives five minutes of its node's absence. */
    private static void tolerate(ObjectNode spec) {
        ArrayNode tolerations = spec.get("tolerations") instanceof ArrayNode have ? have : spec.putArray("tolerations");
        for (String key : NO_EXECUTE.stream().sorted().toList()) {
            boolean present = false;
            for (JsonNode each : tolerations) {
                String effect = each.path("effect").asText("");
                String named = each.path("key").asText("");
                present |= (named.equals(key) || named.isEmpty()) && (effect.equals("NoExecute") || effect.isEmpty());
            }
            if (!present) {
                tolerations
                        .addObject()
                        .put("effect", "NoExecute")
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("tolerationSeconds", TOLERATED_SECONDS);
            }
        }
    }
}
