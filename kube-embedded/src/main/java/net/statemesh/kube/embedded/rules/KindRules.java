// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.status.Cause;

/** What is special about a kind. Every method works on a private tree. */
public interface KindRules {
    /** Fields that Kubernetes fills in beyond the constant defaults of the schema; called on create and on update. */
    default void fillIn(ObjectNode object) {}

    /** Resets what a creator may not set. */
    default void prepareCreate(ObjectNode object) {}

    /** Carries over what an update may not touch. */
    default void prepareUpdate(ObjectNode next, ObjectNode before) {}

    default void validate(ObjectNode object, List<Cause> causes) {}

    default void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {}
}
