// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.List;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/** The last good routes as they stand on disk. */
public record SavedRoutes(@Nullable ZoneSettings zone, List<ApplicationRoutes> applications) {
    public SavedRoutes {
        applications = List.copyOf(applications);
    }
}
