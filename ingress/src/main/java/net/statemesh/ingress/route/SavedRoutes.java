// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.List;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/**
 * Routes as they stand on disk: all of them, or what has changed.
 *
 * @param applications what these want now
 * @param removed keys of applications that are no more
 */
public record SavedRoutes(@Nullable ZoneSettings zone, List<ApplicationRoutes> applications, List<String> removed) {
    public SavedRoutes {
        applications = List.copyOf(applications);
        removed = removed == null ? List.of() : List.copyOf(removed);
    }
}
