// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;

/** Finds processes of a component that no record tells of: who started one may have been killed before it wrote that down. */
final class RunningComponent {
    private RunningComponent() {}

    /** Live processes of the same zone with the same command, also while they still become it. */
    static List<ProcessIdentity> find(ComponentSpec spec) throws IOException {
        String zone = spec.environment().get(ComponentSpec.ZONE_VARIABLE);
        if (zone == null) {
            return List.of();
        }
        String mark = ComponentSpec.ZONE_VARIABLE + "=" + zone;
        return ProcessTable.pids().stream()
                .filter(pid -> isOneEndOfTheOther(ProcessTable.commandLine(pid), spec.command()))
                .filter(pid -> ProcessTable.hasEnvironment(pid, mark))
                .map(ProcessTable::identify)
                .flatMap(Optional::stream)
                .filter(ProcessTable::isAlive)
                .toList();
    }

    /** Wrappers such as nsenter come first and are gone when the program runs. */
    private static boolean isOneEndOfTheOther(List<String> actual, List<String> wanted) {
        int words = Math.min(actual.size(), wanted.size());
        return words > 0
                && actual.subList(actual.size() - words, actual.size())
                        .equals(wanted.subList(wanted.size() - words, wanted.size()));
    }
}
