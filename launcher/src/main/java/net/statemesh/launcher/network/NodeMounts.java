// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.Command;
import net.statemesh.node.volume.Mount;

/**
 * A mount namespace per node with a /run of its own. What containerd mounts for a node (root file systems, pods' network
 * namespaces) is invisible outside and ends with the namespace, however the node's processes ended.
 */
public final class NodeMounts {
    /** Types of what containerd, the agent and ip-netns mount; disks have others. */
    private static final Set<String> OWN_TYPES = Set.of("overlay", "tmpfs", "nsfs", "proc", "sysfs", "mqueue");

    /** In the /run of the node, made last. */
    private static final String PREPARED = "/run/statemesh-node";

    private static final String PREPARE =
            "umount -R -l /run/netns 2>/dev/null; resolver=$(readlink -f /etc/resolv.conf); "
                    + "names=$(cat \"$resolver\" 2>/dev/null); "
                    + "mount -t tmpfs -o mode=755 statemesh-run /run && mkdir -p /run/netns && "
                    + "case $resolver in /run/*) mkdir -p \"${resolver%/*}\" && printf '%s\\n' \"$names\" > \"$resolver\";; esac && : > "
                    + PREPARED;

    private NodeMounts() {}

    public static void ensure(ZoneFolder folder, List<String> nodes) throws IOException {
        Path pins = Files.createDirectories(folder.namespaces());
        if (!Mount.isOn(pins)) {
            Command.run(List.of("mount", "--bind", pins.toString(), pins.toString()));
            // a mount namespace can only be pinned on a mount that is not shared, unshare(1)
            Command.run(List.of("mount", "--make-private", pins.toString()));
        }
        for (String node : nodes) {
            Path pin = folder.mountNamespace(node);
            if (Mount.isOn(pin) && !isPrepared(pin)) {
                Command.run(List.of("umount", "-l", pin.toString()));
            }
            if (!Mount.isOn(pin)) {
                Files.deleteIfExists(pin);
                Files.createFile(pin);
                Command.run(List.of("unshare", "--mount=" + pin, "--propagation", "private", "sh", "-c", PREPARE));
            }
        }
    }

    /** What a node loses with its power: its /run, and everything that was mounted there. Its processes have ended before. */
    public static void forget(ZoneFolder folder, String node) throws IOException {
        Path pin = folder.mountNamespace(node);
        if (Mount.isOn(pin)) {
            Command.run(List.of("umount", "-l", pin.toString()));
        }
    }

    /** A namespace is pinned before it is prepared, and who does both may be killed between the two. */
    private static boolean isPrepared(Path pin) {
        return Command.attempt(List.of("nsenter", "--mount=" + pin, "test", "-e", PREPARED))
                .succeeded();
    }

    /** Unmounts what the zone mounted, deepest first. The zone's processes have ended before. */
    public static void remove(ZoneFolder folder) throws IOException {
        for (Path point : ownMounts(folder, Mount.all())) {
            Command.run(List.of("umount", "-l", point.toString()));
        }
    }

    /** What the zone mounted; a disk that somebody put at or below the zone folder is not the zone's. */
    static List<Path> ownMounts(ZoneFolder folder, List<Mount> mounts) {
        return mounts.stream()
                .filter(mount -> mount.point().startsWith(folder.namespaces())
                        || (mount.point().startsWith(folder.nodes()) && OWN_TYPES.contains(mount.type())))
                .map(Mount::point)
                .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                .toList();
    }
}
