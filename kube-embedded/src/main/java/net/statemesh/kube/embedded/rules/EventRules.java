// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.Cause;

/** Events: each is kept in the namespace of what it is about. */
final class EventRules implements KindRules {
    /** Where events about cluster-scoped objects are kept. */
    private static final Set<String> OF_THE_CLUSTER = Set.of("default", "kube-system");

    @Override
    public void validate(ObjectNode event, List<Cause> causes) {
        String own = Meta.namespace(event);
        String about = event.path("involvedObject").path("namespace").asText("");
        if (about.isEmpty() ? !OF_THE_CLUSTER.contains(own) : !about.equals(own)) {
            causes.add(Cause.invalidText("involvedObject.namespace", about, "does not match event.namespace"));
        }
    }
}
