// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.schema.SchemaValidation;
import net.statemesh.kube.embedded.status.Cause;

/** Objects of a CustomResourceDefinition: their schema is all there is to check. */
public final class CustomRules implements KindRules {
    private final ResourceType type;

    public CustomRules(ResourceType type) {
        this.type = type;
    }

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        SchemaValidation.validate(object, type.schema(), "", causes);
        // a definition may narrow the names of its objects, and nothing else of their metadata
        JsonNode custom = type.custom();
        JsonNode name = custom == null
                ? Json.object()
                : custom.at("/schema/openAPIV3Schema/properties/metadata/properties/name");
        if (name.isObject()) {
            SchemaValidation.validate(
                    object.path("metadata").path("name"), Schema.parse(name), "metadata.name", causes);
        }
    }
}
