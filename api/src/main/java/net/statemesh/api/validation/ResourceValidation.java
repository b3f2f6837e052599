// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.function.ToLongFunction;
import net.statemesh.api.Quantities;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ComputeResources.Amounts;
import org.jspecify.annotations.Nullable;

/** Rules over requests and limits. */
final class ResourceValidation {
    private static final String CPU = "cores greater than 0, for example 500m or 2";
    private static final String MEMORY = "bytes greater than 0, for example 128Mi or 2Gi";

    private final Violations violations;

    ResourceValidation(Violations violations) {
        this.violations = violations;
    }

    void check(String field, @Nullable ComputeResources resources) {
        if (resources == null) {
            return;
        }
        Amounts requests = resources.requests() == null ? new Amounts(null, null) : resources.requests();
        Amounts limits = resources.limits() == null ? new Amounts(null, null) : resources.limits();
        pair(field, "cpu", requests.cpu(), limits.cpu(), Quantities::cpuMillis, CPU);
        pair(field, "memory", requests.memory(), limits.memory(), Quantities::bytes, MEMORY);
    }

    private void pair(
            String field,
            String resource,
            @Nullable Quantity request,
            @Nullable Quantity limit,
            ToLongFunction<Quantity> amount,
            String accepted) {
        boolean requestReadable = readable(field + ".requests." + resource, request, amount, accepted);
        boolean limitReadable = readable(field + ".limits." + resource, limit, amount, accepted);
        if (request != null && limit != null && requestReadable && limitReadable) {
            violations.require(
                    amount.applyAsLong(request) <= amount.applyAsLong(limit),
                    field + ".requests." + resource,
                    request,
                    "at most the limit, " + limit);
        }
    }

    private boolean readable(
            String field, @Nullable Quantity quantity, ToLongFunction<Quantity> amount, String accepted) {
        if (quantity == null) {
            return true;
        }
        boolean positive;
        try {
            positive = amount.applyAsLong(quantity) > 0;
        } catch (IllegalArgumentException e) {
            positive = false;
        }
        violations.require(positive, field, quantity, accepted);
        return positive;
    }
}
