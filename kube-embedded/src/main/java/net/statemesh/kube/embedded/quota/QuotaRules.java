// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.status.Cause;

/** ResourceQuotas: only what is enforced may be promised. */
public final class QuotaRules implements KindRules {
    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        object.path("spec").path("hard").properties().forEach(each -> {
            String at = "spec.hard[" + each.getKey() + "]";
            if (!QuotaAdmission.ENFORCED.contains(each.getKey())) {
                causes.add(Cause.notSupported(
                        at,
                        each.getKey(),
                        QuotaAdmission.ENFORCED.stream().sorted().toList()));
            }
        });
    }
}
