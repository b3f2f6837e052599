// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.Annotations;
import net.statemesh.cli.client.ApiClient;

/** Says on an application who changed it, because the API server keeps only with which program. */
final class Authorship {
    private Authorship() {}

    static void sign(ObjectNode object, ApiClient api) {
        object.withObject("/metadata/annotations")
                .put(Annotations.CHANGED_BY, api.who().identity());
    }

    /** What is shown to people as their own manifest does not have it. */
    static void unsign(ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        ObjectNode annotations = metadata.withObject("/annotations");
        annotations.remove(Annotations.CHANGED_BY);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }
}
