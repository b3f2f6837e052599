// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.Command;

/**
 * A mount namespace per node with a /run of its own. What containerd mounts for a node (root file systems, pods' network
 * namespaces) is invisible outside and ends with the namespace, however the node's processes ended.
 */
public final class NodeMounts {
    private static final String PREPARE =
            "umount -R -l /run/netns 2>/dev/null; resolver=$(readlink -f /etc/resolv.conf); "
                    + "names=$(cat \"$resolver\" 2>/dev/null); "
                    + "mount -t tmpfs -o mode=755 statemesh-run /run && mkdir -p /run/netns && "
                    + "case $resolver in /run/*) mkdir -p \"${resolver%/*}\" && printf '%s\\n' \"$names\" > \"$resolver\";; esac";

    private NodeMounts() {}

    public static void ensure(ZoneFolder folder, List<String> nodes) throws IOException {
        Path pins = Files.createDirectories(folder.namespaces());
        if (!mountPoints().contains(pins.toString())) {
            Command.run(List.of("mount", "--bind", pins.toString(), pins.toString()));
            // a mount namespace can only be pinned on a mount that is not shared, unshare(1)
            Command.run(List.of("mount", "--make-private", pins.toString()));
        }
        for (String node : nodes) {
            Path pin = folder.mountNamespace(node);
            if (!mountPoints().contains(pin.toString())) {
                Files.deleteIfExists(pin);
                Files.createFile(pin);
                Command.run(List.of("unshare", "--mount=" + pin, "--propagation", "private", "sh", "-c", PREPARE));
            }
        }
    }

    /** Unmounts everything at or below the zone folder, deepest first. The zone's processes have ended before. */
    public static void remove(ZoneFolder folder) throws IOException {
        List<String> below = mountPoints().stream()
                .filter(point -> Path.of(point).startsWith(folder.root()))
                .sorted(java.util.Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String point : below) {
            Command.run(List.of("umount", "-l", point));
        }
    }

    static Set<String> mountPoints() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> unescape(line.split(" ", -1)[4]))
                .collect(Collectors.toSet());
    }

    /** proc_pid_mountinfo(5) writes space, tab, newline and backslash as octal numbers. */
    static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
