// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.rules.MetadataRules;
import net.statemesh.kube.embedded.schema.Defaults;
import net.statemesh.kube.embedded.status.Cause;

/** Defaults and validation of one object: the schema's, the kind's, and those of all metadata. */
public final class Validation {
    private final Function<ResourceType, KindRules> rules;

    public Validation(Function<ResourceType, KindRules> rules) {
        this.rules = rules;
    }

    void prepareCreate(ResourceType type, ObjectNode tree) {
        rules.apply(type).prepareCreate(tree);
        fillIn(type, tree);
    }

    void prepareUpdate(ResourceType type, ObjectNode next, ObjectNode before) {
        rules.apply(type).prepareUpdate(next, before);
        fillIn(type, next);
    }

    void fillIn(ResourceType type, ObjectNode tree) {
        Defaults.apply(tree, type.schema());
        rules.apply(type).fillIn(tree);
    }

    void validate(ResourceType type, ObjectNode tree, List<Cause> causes) {
        MetadataRules.validate(type, tree, causes);
        rules.apply(type).validate(tree, causes);
    }

    void validateUpdate(ResourceType type, ObjectNode next, ObjectNode before, List<Cause> causes) {
        MetadataRules.validateUpdate(next, before, causes);
        rules.apply(type).validateUpdate(next, before, causes);
    }
}
