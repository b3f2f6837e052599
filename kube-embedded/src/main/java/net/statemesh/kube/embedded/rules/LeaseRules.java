// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.status.Cause;

/** Leases. */
final class LeaseRules implements KindRules {
    @Override
    public void validate(ObjectNode lease, List<Cause> causes) {
        JsonNode duration = lease.path("spec").path("leaseDurationSeconds");
        if (duration.isNumber() && duration.asLong() <= 0) {
            causes.add(Cause.invalid("spec.leaseDurationSeconds", duration.asText(), "must be greater than 0"));
        }
        JsonNode transitions = lease.path("spec").path("leaseTransitions");
        if (transitions.isNumber() && transitions.asLong() < 0) {
            causes.add(
                    Cause.invalid("spec.leaseTransitions", transitions.asText(), "must be greater than or equal to 0"));
        }
    }
}
