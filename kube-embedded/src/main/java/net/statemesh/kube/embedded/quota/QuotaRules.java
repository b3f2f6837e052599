// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.rules.Quantity;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;

/** ResourceQuotas: only what is enforced may be promised. */
public final class QuotaRules implements KindRules {
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        object.path("spec").path("hard").properties().forEach(each -> {
            String at = "spec.hard[" + each.getKey() + "]";
            if (!QuotaAdmission.ENFORCED.contains(each.getKey())) {
                causes.add(Cause.notSupported(
                        at,
                        each.getKey(),
                        QuotaAdmission.ENFORCED.stream().sorted().toList()));
            } else if (!Quantity.isValid(each.getValue().asText())) {
                throw ApiException.badRequest("ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: "
                        + at + ": '" + each.getValue().asText() + "' is no quantity, for example 500m or 2Gi");
            } else if (Usage.plain(each.getKey()).equals("pods")
                    && !isWhole(each.getValue().asText())) {
                causes.add(Cause.invalidText(at, each.getValue().asText(), "must be an integer"));
            }
        });
    }

    private static boolean isWhole(String quantity) {
        return Quantity.milli(quantity).mod(THOUSAND).signum() == 0;
    }
}
