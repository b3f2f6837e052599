// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;

/** {@code pods/NAME/binding} and {@code bindings}: puts a pod on a node, once. */
public final class Binding implements ResourceService.Subresource {
    private final ObjectWriter writer;
    private final ResourceType pods;
    private final InstantSource clock;

    public Binding(ObjectWriter writer, ResourceType pods, InstantSource clock) {
        this.writer = writer;
        this.pods = pods;
        this.clock = clock;
    }

    @Override
    public void serve(ResourceCall call) {
        ObjectNode binding = Body.object(call.http());
        String name =
                call.path().name().isEmpty() ? Meta.name(binding) : call.path().name();
        String node = Json.text(binding, "target", "name");
        String kind = Json.text(binding, "target", "kind");
        if (node.isEmpty() || !(kind.isEmpty() || kind.equals("Node"))) {
            throw ApiException.badRequest("binding: target must be of kind Node and name it; found kind \"" + kind
                    + "\", name \"" + node + "\"");
        }
        ObjectKey key = pods.key(call.namespace(), name);
        if (call.dryRun()) {
            StoredObject pod = writer.store().get(key);
            if (pod == null) {
                throw ApiException.notFound("", "pods", name);
            }
            bound(pod, binding, node);
        } else {
            writer.update(pods, key, seen -> bound(seen, binding, node));
        }
        ObjectNode done = Json.object().put("kind", "Status").put("apiVersion", "v1");
        done.putObject("metadata");
        call.exchange().json(201, done.put("status", "Success").put("code", 201));
    }

    private ObjectNode bound(StoredObject seen, ObjectNode binding, String node) {
        ObjectNode pod = seen.copy();
        String name = seen.key().name();
        String uid = Meta.uid(binding);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(pod))) {
            throw ApiException.conflict(
                    "",
                    "pods",
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(pod));
        }
        if (Meta.deleting(pod)) {
            throw ApiException.conflict(
                    "", "pods/binding", name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        String present = Json.text(pod, "spec", "nodeName");
        if (!present.isEmpty()) {
            throw ApiException.conflict(
                    "", "pods/binding", name, "pod " + name + " is already assigned to node \"" + present + "\"");
        }
        Json.child(pod, "spec").put("nodeName", node);
        JsonNode annotations = binding.path("metadata").path("annotations");
        if (annotations instanceof ObjectNode added && !added.isEmpty()) {
            Json.child(Meta.of(pod), "annotations").setAll(added);
        }
        scheduled(Json.child(pod, "status"));
        return pod;
    }

    private void scheduled(ObjectNode status) {
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode have ? have : status.putArray("conditions");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (conditions.get(i).path("type").asText().equals("PodScheduled")) {
                conditions.remove(i);
            }
        }
        ObjectNode condition =
                conditions.addObject().put("type", "PodScheduled").put("status", "True");
        condition.putNull("lastProbeTime").put("lastTransitionTime", Meta.time(clock.instant()));
    }
}
