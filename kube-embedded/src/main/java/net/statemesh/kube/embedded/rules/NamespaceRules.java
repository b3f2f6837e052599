// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;

/** Namespaces carry their name as a label and go only when their contents are gone. */
final class NamespaceRules implements KindRules {
    static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void fillIn(ObjectNode object) {
        Json.child(Meta.of(object), "labels").put(NAME_LABEL, Meta.name(object));
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
    }

    @Override
    public void prepareUpdate(ObjectNode next, ObjectNode before) {
        next.set("spec", before.path("spec"));
    }
}
