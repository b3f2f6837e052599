// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.List;
import net.statemesh.api.application.ReleaseFailure;

/** The end of a container's output. Containers fall back to it as their termination message, so every kubelet hands it on. */
public final class LastWords {
    private LastWords() {}

    static List<String> lines(ContainerStateTerminated terminated) {
        return terminated.getMessage() == null ? List.of() : lines(terminated.getMessage());
    }

    /** At most {@value ReleaseFailure#MAX_LOG_LINES} lines, the last ones, each cut to {@value ReleaseFailure#MAX_LOG_LINE_LENGTH}. */
    public static List<String> lines(String output) {
        List<String> lines = output.strip().lines().map(LastWords::cut).toList();
        return List.copyOf(lines.subList(Math.max(0, lines.size() - ReleaseFailure.MAX_LOG_LINES), lines.size()));
    }

    private static String cut(String line) {
        return line.length() <= ReleaseFailure.MAX_LOG_LINE_LENGTH
                ? line
                : line.substring(0, ReleaseFailure.MAX_LOG_LINE_LENGTH - 1) + "…";
    }
}
