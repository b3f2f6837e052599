// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.ApiException;

/** The 409 of an apply that would change fields of others. */
final class ApplyConflict {
    private ApplyConflict() {}

    /** Makes the answer from fields by who owns them. */
    static ApiException of(Map<String, List<String>> conflicts) {
        ObjectNode details = Json.object();
        ArrayNode causes = details.putArray("causes");
        List<String> lines = new ArrayList<>();
        int count = conflicts.values().stream().mapToInt(List::size).sum();
        for (Map.Entry<String, List<String>> each : conflicts.entrySet()) {
            lines.add((count == 1 ? "conflict with " : "conflicts with ") + each.getKey() + ":");
            for (String field : each.getValue()) {
                lines.add((count == 1 ? "" : "- ") + field);
                causes.addObject()
                        .put("reason", "FieldManagerConflict")
                        .put("message", "conflict with " + each.getKey())
                        .put("field", field);
            }
        }
        String head = count == 1 ? "Apply failed with 1 conflict: " : "Apply failed with " + count + " conflicts: ";
        return new ApiException(409, "Conflict", head + String.join(count == 1 ? " " : "\n", lines), details);
    }
}
