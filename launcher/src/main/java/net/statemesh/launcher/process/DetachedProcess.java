// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a process that outlives us: a session of its own, no standard input, its output appended to a log. */
public final class DetachedProcess {
    /** Joins each control group given before "--", then becomes the command after it, under the same pid. */
    private static final String JOIN_AND_BECOME =
            "while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 126; shift; done; shift; exec \"$@\"";

    private DetachedProcess() {}

    /**
     * Starts {@code command}.
     *
     * @param membershipFiles cgroup.procs of each control group it belongs to
     * @param environment the whole environment; nothing of ours is inherited
     */
    public static Process start(
            List<String> command, Map<String, String> environment, List<String> membershipFiles, Path log)
            throws IOException {
        List<String> wrapped = new ArrayList<>(List.of("setsid", "sh", "-c", JOIN_AND_BECOME, "sh"));
        wrapped.addAll(membershipFiles);
        wrapped.add("--");
        wrapped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(wrapped)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
