// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/**
 * The kubelet that runs a pod.
 *
 * @param node its name, which its certificate must carry
 */
record KubeletAddress(String node, InetSocketAddress address) {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    /** Finds the kubelet of a call's pod, by the pod's node and that node's status. */
    static KubeletAddress of(ObjectStore store, ResourceCall call) {
        JsonNode pod = pod(store, call);
        String name = Json.text(pod, "spec", "nodeName");
        if (name.isEmpty()) {
            throw ApiException.badRequest("pod " + call.path().name() + " does not have a host assigned");
        }
        StoredObject node = store.get(new ObjectKey("nodes", "", name));
        if (node == null) {
            throw ApiException.notFound("", "nodes", name);
        }
        int port =
                node.tree().at("/status/daemonEndpoints/kubeletEndpoint/Port").asInt(0);
        for (JsonNode each : node.tree().at("/status/addresses")) {
            if (each.path("type").asText().equals("InternalIP") && port > 0) {
                return new KubeletAddress(
                        name, new InetSocketAddress(each.path("address").asText(), port));
            }
        }
        throw ApiException.of(
                503,
                "ServiceUnavailable",
                "node " + name + " has not reported an InternalIP and a kubelet port; it may not have joined yet");
    }

    /** The container a call means: the one it names, or the only one. */
    static String container(ObjectStore store, ResourceCall call) {
        JsonNode pod = pod(store, call);
        List<String> names = new ArrayList<>();
        CONTAINERS.forEach(list -> pod.path("spec")
                .path(list)
                .forEach(each -> names.add(each.path("name").asText())));
        String wanted = call.http().parameter("container");
        if (wanted.isEmpty()) {
            JsonNode regular = pod.path("spec").path("containers");
            if (regular.size() == 1) {
                return regular.get(0).path("name").asText();
            }
            throw ApiException.badRequest("a container name must be specified for pod "
                    + call.path().name() + ", choose one of: [" + String.join(" ", names) + "]");
        }
        if (!names.contains(wanted)) {
            throw ApiException.badRequest("container " + wanted + " is not valid for pod "
                    + call.path().name() + ", choose one of: [" + String.join(" ", names) + "]");
        }
        return wanted;
    }

    private static JsonNode pod(ObjectStore store, ResourceCall call) {
        StoredObject pod = store.get(call.key());
        if (pod == null) {
            throw call.notFound(call.path().name());
        }
        return pod.tree();
    }
}
