// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a router serves by at one moment.
 *
 * @param zone null before the zone was ever heard of
 */
public record Routes(RouteTable table, @Nullable ZoneSettings zone) {
    public static final Routes NONE = new Routes(RouteTable.EMPTY, null);
}
