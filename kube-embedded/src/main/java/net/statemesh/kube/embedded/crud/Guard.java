// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.request.ResourceCall;
import org.jspecify.annotations.Nullable;

/** Refuses writes by what is in them, after the caller was authorised for the verb. */
@FunctionalInterface
public interface Guard {
    /** Throws to refuse; {@code before} is null on creation, {@code after} on deletion. */
    void check(ResourceCall call, @Nullable ObjectNode before, @Nullable ObjectNode after);
}
