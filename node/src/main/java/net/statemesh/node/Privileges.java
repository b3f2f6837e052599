// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process may do, as {@code /proc/self/status} says. */
public final class Privileges {
    private static final int CAP_SYS_RESOURCE = 24;
    private static final String BOUNDING_SET = "CapBnd:";

    private static final Path APPARMOR = Path.of("/sys/module/apparmor/parameters/enabled");
    private static final Path APPARMOR_PARSER = Path.of("/sbin/apparmor_parser");

    private Privileges() {}

    /** Whether processes started from here may lower {@code oom_score_adj} and raise hard limits. */
    public static boolean maySetResources() {
        try {
            return maySetResources(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether containers can be confined by AppArmor here. */
    public static boolean hasAppArmor() {
        try {
            return Files.exists(APPARMOR_PARSER)
                    && Files.exists(APPARMOR)
                    && Files.readString(APPARMOR).startsWith("Y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean maySetResources(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(BOUNDING_SET))
                .map(line -> Long.parseUnsignedLong(
                        line.substring(BOUNDING_SET.length()).strip(), 16))
                .anyMatch(set -> (set >> CAP_SYS_RESOURCE & 1) == 1);
    }
}
