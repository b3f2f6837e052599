// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import net.statemesh.kube.embedded.crud.Admission;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;

/** Every pod runs as a service account that exists; {@code default} unless it names another. */
public final class ServiceAccountAdmission implements Admission.Step {
    private final ObjectStore store;

    public ServiceAccountAdmission(ObjectStore store) {
        this.store = store;
    }

    @Override
    public ObjectNode admit(ResourceCall call, ObjectNode tree, Supplier<ObjectNode> rest) {
        if (call.type().id().equals("pods")) {
            ObjectNode spec = Json.child(tree, "spec");
            String account = spec.path("serviceAccountName").asText("default");
            spec.put("serviceAccountName", account).put("serviceAccount", account);
            String namespace = Meta.namespace(tree);
            if (store.get(new ObjectKey("serviceaccounts", namespace, account)) == null) {
                throw ApiException.forbidden(
                        "",
                        "pods",
                        Meta.name(tree),
                        "error looking up service account " + namespace + "/" + account + ": serviceaccount \""
                                + account + "\" not found");
            }
        }
        return rest.get();
    }
}
