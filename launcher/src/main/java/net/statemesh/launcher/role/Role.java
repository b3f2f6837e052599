// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a process of the zone can be: {@code run ROLE --config FILE}, started by the supervisor and not by people. */
public enum Role {
    MASTER,
    INGRESS,
    AGENT,
    SUPERVISOR;

    private static final int WORDS = 3;

    /** Becomes the process; returns when it was asked to end. */
    public static void run(List<String> words) throws Exception {
        if (words.size() != WORDS || !words.get(1).equals("--config")) {
            throw new IllegalArgumentException("usage: run master|ingress|agent|supervisor --config FILE");
        }
        Path config = Path.of(words.get(2));
        RoleLog.configure();
        switch (valueOf(words.getFirst().toUpperCase(Locale.ROOT))) {
            case MASTER -> MasterRole.run(config);
            case INGRESS -> IngressRole.run(config);
            case AGENT -> AgentRole.run(config);
            case SUPERVISOR -> SupervisorRole.run(config);
        }
    }
}
