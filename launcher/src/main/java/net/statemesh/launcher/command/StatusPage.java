// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.statemesh.cli.output.Console;
import net.statemesh.launcher.status.ZoneStatus;
import net.statemesh.launcher.status.ZoneStatus.ComponentStatus;

/** {@code status} for people. */
final class StatusPage {
    private static final String ROW = "%-20s %-8s %8s %6s %8s %9s %9s";
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;

    private final Console console;
    private final Instant now;

    StatusPage(Console console, Instant now) {
        this.console = console;
        this.now = now;
    }

    void print(ZoneStatus status) {
        console.result("zone " + status.zone() + " · " + (status.ready() ? "ready" : "not ready") + " · API "
                + status.api() + " · https :" + status.httpsPort() + " · http :" + status.httpPort());
        console.result("");
        console.result(ROW.formatted("COMPONENT", "STATE", "PID", "AGE", "RESTARTS", "MEMORY", "CPU")
                .stripTrailing());
        status.components().forEach(component -> console.result(row(component)));
        console.result("");
        console.result("nodes ready: "
                + status.nodes().stream().filter(ZoneStatus.NodeStatus::ready).count()
                + " of " + status.nodes().size() + " · memory of all processes: " + mebibytes(status.memoryBytes())
                + certificates(status));
        status.problems().forEach(problem -> console.result("  ! " + problem));
    }

    private String row(ComponentStatus component) {
        return ROW.formatted(
                        component.name(),
                        component.state(),
                        component.pid() == 0 ? "-" : component.pid(),
                        component.since().isEmpty() || component.pid() == 0
                                ? "-"
                                : age(Duration.between(Instant.parse(component.since()), now)),
                        component.restarts(),
                        mebibytes(component.memoryBytes()),
                        "%.1f s".formatted(component.cpuMillis() / 1000.0))
                .stripTrailing();
    }

    private String certificates(ZoneStatus status) {
        return status.certificatesExpire().isEmpty()
                ? ""
                : " · certificates good for " + age(Duration.between(now, Instant.parse(status.certificatesExpire())));
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? "-" : String.format(Locale.ROOT, "%d Mi", bytes >> 20);
    }

    /** As kubectl writes ages: 12s, 4m, 3h, 9d. */
    static String age(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 2 * SECONDS_PER_MINUTE) {
            return seconds + "s";
        }
        if (seconds < 2 * SECONDS_PER_HOUR) {
            return seconds / SECONDS_PER_MINUTE + "m";
        }
        return seconds < 2 * SECONDS_PER_DAY ? seconds / SECONDS_PER_HOUR + "h" : seconds / SECONDS_PER_DAY + "d";
    }
}
