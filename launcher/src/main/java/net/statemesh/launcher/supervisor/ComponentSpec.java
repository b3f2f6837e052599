// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.util.List;
import java.util.Map;

/**
 * One process that the supervisor keeps running.
 *
 * @param membershipFiles cgroup.procs of the control groups it belongs to
 * @param needs where something must listen before this is started: the path of a Unix socket, or host:port
 * @param version of its program and configuration: a process that was started with another one is started anew
 */
public record ComponentSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        List<String> membershipFiles,
        List<String> needs,
        String version) {
    /** Marks every process of a zone in its environment with the zone's folder, so that it is found even without any record. */
    public static final String ZONE_VARIABLE = "STATEMESH_ZONE_FOLDER";

    public ComponentSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        membershipFiles = List.copyOf(membershipFiles);
        needs = List.copyOf(needs);
    }
}
