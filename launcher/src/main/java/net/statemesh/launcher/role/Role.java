// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the zone can be. {@code run ROLE --config FILE} is started by the supervisor and not by people; {@code run controllers
 * --kubeconfig FILE} also by a unit or a pod, beside other masters.
 */
public enum Role {
    MASTER,
    CONTROLLERS,
    INGRESS,
    AGENT,
    SUPERVISOR;

    private static final String USAGE =
            "run master|ingress|agent|supervisor --config FILE, or run controllers --kubeconfig FILE [--heartbeats HOST:PORT]";

    /** Becomes the process; returns when it was asked to end. */
    public static void run(List<String> words) throws Exception {
        Role role = words.isEmpty() ? null : named(words.getFirst());
        String option = role == CONTROLLERS ? "--kubeconfig" : "--config";
        boolean heartbeats =
                role == CONTROLLERS && words.size() == 5 && words.get(3).equals("--heartbeats");
        if (role == null || !(words.size() == 3 || heartbeats) || !words.get(1).equals(option)) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "'run " + String.join(" ", words) + "' is not accepted.",
                    List.of("accepted: " + USAGE),
                    List.of());
        }
        Path config = Path.of(words.get(2));
        RoleLog.configure();
        switch (role) {
            case MASTER -> MasterRole.run(config);
            case CONTROLLERS -> ControllersRole.run(config, heartbeats ? address(words.get(4)) : null);
            case INGRESS -> IngressRole.run(config);
            case AGENT -> AgentRole.run(config);
            case SUPERVISOR -> SupervisorRole.run(config);
        }
    }

    private static @Nullable Role named(String word) {
        for (Role role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return role;
            }
        }
        return null;
    }

    private static InetSocketAddress address(String text) {
        URI address = URI.create("udp://" + text);
        if (address.getHost() == null || address.getPort() < 1) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "--heartbeats '" + text + "' is not accepted.",
                    List.of("accepted: HOST:PORT, where nodes reach this master over UDP"),
                    List.of());
        }
        return new InetSocketAddress(address.getHost(), address.getPort());
    }
}
