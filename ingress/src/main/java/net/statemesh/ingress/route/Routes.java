// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.Set;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a router serves by at one moment.
 *
 * @param zone null before the zone was ever heard of
 * @param lost replicas whose node is dead: no answer will come from them
 */
public record Routes(RouteTable table, @Nullable ZoneSettings zone, Set<Endpoint> lost) {
    public static final Routes NONE = new Routes(RouteTable.EMPTY, null, Set.of());

    public Routes {
        lost = Set.copyOf(lost);
    }
}
