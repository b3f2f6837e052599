// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.rules.PodReferences;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/**
 * What a node may do: read the pods bound to it, services and nodes; write its own Node, its Lease, the status of pods; and read a Secret
 * or a ConfigMap only while a pod bound to it refers to it. Which of these objects it may write is {@link NodeRestriction}'s matter.
 */
public final class NodeAuthorizer implements Authorizer {
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Set<String> WRITE = Set.of("create", "update", "patch", "delete");

    private final ObjectStore store;
    private final Authorizer next;

    /** Asks {@code next} about everything that nodes are not allowed anyway. */
    public NodeAuthorizer(ObjectStore store, Authorizer next) {
        this.store = store;
        this.next = next;
    }

    @Override
    public Decision decide(User user, Attributes attributes) {
        String node = user.node();
        if (!node.isEmpty() && attributes.onResource() && allows(node, attributes)) {
            return new Decision(true, "");
        }
        Decision decision = next.decide(user, attributes);
        return decision.allowed() || node.isEmpty()
                ? decision
                : new Decision(false, "no relationship found between node '" + node + "' and this object");
    }

    private boolean allows(String node, Attributes wanted) {
        String verb = wanted.verb();
        boolean own = wanted.name().equals(node);
        return switch (wanted.group() + "/" + wanted.resource()) {
            case "/nodes" ->
                READ.contains(verb)
                        || verb.equals("create")
                        || (own
                                && WRITE.contains(verb)
                                && (wanted.subresource().isEmpty()
                                        || wanted.subresource().equals("status")));
            case "/pods" -> pods(node, wanted);
            case "/services", "/namespaces", "discovery.k8s.io/endpointslices", "networking.k8s.io/networkpolicies" ->
                READ.contains(verb);
            case "/events" -> verb.equals("create") || verb.equals("update") || verb.equals("patch");
            case "/secrets", "/configmaps" ->
                // a request for one name in all namespaces would answer with everybody's
                READ.contains(verb)
                        && !wanted.name().isEmpty()
                        && !wanted.namespace().isEmpty()
                        && refersTo(node, wanted);
            case "coordination.k8s.io/leases" ->
                wanted.namespace().equals("kube-node-lease") && (verb.equals("create") || own);
            case "/serviceaccounts" ->
                wanted.subresource().equals("token")
                        && verb.equals("create")
                        && !wanted.namespace().isEmpty()
                        && refersTo(node, wanted);
            case "authentication.k8s.io/tokenreviews",
                    "authorization.k8s.io/subjectaccessreviews",
                    "authorization.k8s.io/localsubjectaccessreviews" -> verb.equals("create");
            default -> false;
        };
    }

    private boolean pods(String node, Attributes wanted) {
        return switch (wanted.subresource()) {
            case "" ->
                switch (wanted.verb()) {
                    case "get" -> runs(node, wanted);
                    case "list", "watch" -> wanted.selectedNode().equals(node) || runs(node, wanted);
                    default -> wanted.verb().equals("delete");
                };
            case "status" ->
                wanted.verb().equals("update")
                        || wanted.verb().equals("patch")
                        || wanted.verb().equals("get");
            case "eviction" -> wanted.verb().equals("create");
            default -> false;
        };
    }

    /** Whether the one pod that is wanted is bound to the node. */
    private boolean runs(String node, Attributes wanted) {
        StoredObject pod = store.get(new ObjectKey("pods", wanted.namespace(), wanted.name()));
        return pod != null && Json.text(pod.tree(), "spec", "nodeName").equals(node);
    }

    private boolean refersTo(String node, Attributes wanted) {
        for (StoredObject pod : store.list("pods", wanted.namespace()).objects()) {
            JsonNode tree = pod.tree();
            if (Json.text(tree, "spec", "nodeName").equals(node)
                    && PodReferences.to(tree, wanted.resource(), wanted.name())) {
                return true;
            }
        }
        return false;
    }
}
