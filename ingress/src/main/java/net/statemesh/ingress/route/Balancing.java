// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.Map;
import net.statemesh.api.Annotations;
import org.jspecify.annotations.Nullable;

/** How requests are spread over ready replicas. */
public enum Balancing {
    /** One after another. */
    ROUND_ROBIN,
    /** To the replica with the fewest requests in flight. */
    LEAST_REQUESTS;

    private static final String LEAST_REQUESTS_VALUE = "least-requests";

    /** What an application's annotations ask for; round robin unless they say {@code least-requests}. */
    static Balancing of(@Nullable Map<String, String> annotations) {
        boolean least = annotations != null && LEAST_REQUESTS_VALUE.equals(annotations.get(Annotations.BALANCING));
        return least ? LEAST_REQUESTS : ROUND_ROBIN;
    }
}
