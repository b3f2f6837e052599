// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status} says.
 *
 * @param ready whether every component runs, the API answers and every node is ready
 * @param memoryBytes of all its processes, customers' included; shared pages counted in proportion (PSS)
 * @param certificatesExpire ISO 8601 instant at which the first of its certificates ends
 * @param problems what is wrong, one sentence each
 */
public record ZoneStatus(
        String zone,
        boolean ready,
        String folder,
        String api,
        int httpsPort,
        int httpPort,
        long memoryBytes,
        String certificatesExpire,
        List<ComponentStatus> components,
        List<NodeStatus> nodes,
        List<String> problems) {
    public ZoneStatus {
        components = List.copyOf(components);
        nodes = List.copyOf(nodes);
        problems = List.copyOf(problems);
    }

    /**
     * One process.
     *
     * @param state running, waiting (will be started again), off (its node has no power) or stopped
     * @param pid zero while it does not run
     * @param since ISO 8601 instant of its last start
     * @param cpuMillis processor time since its start
     * @param lastExit why it ended last time
     */
    public record ComponentStatus(
            String name,
            String state,
            long pid,
            String since,
            int restarts,
            long memoryBytes,
            long cpuMillis,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String lastExit) {}

    /**
     * One node.
     *
     * @param detail why it is not ready; empty when it is
     */
    public record NodeStatus(String name, boolean ready, String detail) {}
}
