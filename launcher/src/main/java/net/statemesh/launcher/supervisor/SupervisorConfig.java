// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.util.List;

/**
 * Written by {@code up}, read by the supervisor.
 *
 * @param folder the zone folder
 */
public record SupervisorConfig(String folder, List<ComponentSpec> components) {
    public SupervisorConfig {
        components = List.copyOf(components);
    }
}
