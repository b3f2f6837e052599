// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.statemesh.api.Hostnames;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.component.RegistryConfig;
import net.statemesh.launcher.down.Purge;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NetworkPlan;

/** Turns what the user asked for, and what the zone is already, into the zone to start. */
final class ZonePlan {
    static final String DOMAIN = "statemesh.localhost";
    static final int DEFAULT_NODES = 3;
    static final int DEFAULT_HTTPS_PORT = 8443;
    static final int DEFAULT_HTTP_PORT = 8080;
    static final int MAX_FOLDER_CHARS = 72;
    private static final int MAX_PORT = 65_535;
    /** Value of a Kubernetes label. */
    private static final Pattern OPERATOR = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    /** In the root of every ext4 disk. */
    private static final String LOST_AND_FOUND = "lost+found";

    private ZonePlan() {}

    /** {@link LauncherErrors#BAD_OPTION} naming the option, its value and what is accepted. */
    static void check(UpOptions options) {
        options.nodes().ifPresent(nodes -> {
            if (nodes < 1 || nodes > NetworkPlan.MAX_NODES) {
                throw bad("--nodes", Integer.toString(nodes), "1 to " + NetworkPlan.MAX_NODES);
            }
        });
        for (String operator : options.operators()) {
            if (!OPERATOR.matcher(operator).matches()) {
                throw bad(
                        "--operators",
                        operator,
                        "names of a-z, A-Z, 0-9, '-', '_' and '.', at most 63 characters each");
            }
        }
        checkPort("--https-port", options.httpsPort());
        checkPort("--http-port", options.httpPort());
        int https = options.httpsPort().orElse(DEFAULT_HTTPS_PORT);
        if (https == options.httpPort().orElse(DEFAULT_HTTP_PORT)) {
            throw bad("--http-port", Integer.toString(https), "a port other than --https-port");
        }
        if (!Hostnames.isDnsLabel(options.zone())) {
            throw bad("--zone", options.zone(), "a DNS label: a-z, 0-9 and -, at most 63 characters");
        }
    }

    /** Sockets below the folder have short names at most, unix(7), and a node has a /run of its own. */
    static void checkFolder(Path folder) {
        if (folder.toString().length() > MAX_FOLDER_CHARS) {
            throw bad("--data", folder.toString(), "a path of at most " + MAX_FOLDER_CHARS + " characters");
        }
        if (folder.startsWith("/run") || folder.startsWith("/var/run")) {
            throw bad("--data", folder.toString(), "a folder that is not below /run");
        }
    }

    /** A zone is made in a folder of its own, never among files of somebody else. */
    static void checkEmpty(ZoneFolder folder) throws IOException {
        if (!Files.exists(folder.root()) || Purge.isZone(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder.root())) {
            if (entries.anyMatch(entry -> !entry.endsWith(LOST_AND_FOUND))) {
                throw bad("--data", folder.root().toString(), "a new or an empty folder, or the folder of a zone");
            }
        }
    }

    static ZoneRecord fresh(UpOptions options, int network, int apiPort) {
        NetworkPlan plan = new NetworkPlan(network, options.nodes().orElse(DEFAULT_NODES));
        return new ZoneRecord(
                options.zone(),
                DOMAIN,
                options.httpsPort().orElse(DEFAULT_HTTPS_PORT),
                options.httpPort().orElse(DEFAULT_HTTP_PORT),
                apiPort,
                network,
                plan.rootAddress() + ":" + RegistryConfig.PORT,
                plan.nodes(),
                options.operators());
    }

    /** An existing zone is taken as it is; an option that says otherwise is refused. */
    static void refuseChanges(ZoneRecord zone, UpOptions options) {
        refuseChange("--nodes", Integer.toString(zone.nodes().size()), given(options.nodes()));
        refuseChange("--operators", String.join(",", zone.operators()), String.join(",", options.operators()));
        refuseChange("--https-port", Integer.toString(zone.httpsPort()), given(options.httpsPort()));
        refuseChange("--http-port", Integer.toString(zone.httpPort()), given(options.httpPort()));
    }

    private static String given(OptionalInt option) {
        return option.isPresent() ? Integer.toString(option.getAsInt()) : "";
    }

    private static void refuseChange(String option, String existing, String wanted) {
        if (!wanted.isEmpty() && !wanted.equals(existing)) {
            throw new StateMeshException(
                    LauncherErrors.ZONE_DIFFERS,
                    "this zone exists with " + option + " " + existing + ", not " + wanted + ".",
                    List.of(),
                    List.of(
                            "leave out " + option,
                            "or start anew without its data: statemesh down --purge",
                            "or start a second zone beside it: --data DIR"));
        }
    }

    private static void checkPort(String option, OptionalInt port) {
        port.ifPresent(value -> {
            if (value < 1 || value > MAX_PORT) {
                throw bad(option, Integer.toString(value), "1 to " + MAX_PORT);
            }
        });
    }

    private static StateMeshException bad(String option, String value, String accepted) {
        return new StateMeshException(
                LauncherErrors.BAD_OPTION,
                option + " '" + value + "' is not accepted.",
                List.of("accepted: " + accepted),
                List.of("statemesh up --help"));
    }
}
