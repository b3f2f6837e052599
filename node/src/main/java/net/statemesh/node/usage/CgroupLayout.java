// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How this machine mounts its control groups.
 *
 * @param unified one hierarchy of version 2; otherwise one per controller, or a mix of both, which container runtimes treat the
 *     same way
 */
public record CgroupLayout(Path root, boolean unified) {
    /** Looks at what is mounted, normally below {@code /sys/fs/cgroup}. */
    public static CgroupLayout detect(Path root) {
        return new CgroupLayout(root, Files.exists(root.resolve("cgroup.controllers")));
    }

    /** Folder of a group for one controller. */
    public Path group(String controller, String path) {
        Path hierarchy = unified ? root : root.resolve(controller);
        return hierarchy.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    /** Folders of a group in all hierarchies, whether they exist or not. */
    public List<Path> everywhere(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (unified) {
            return List.of(root.resolve(relative));
        }
        try (Stream<Path> hierarchies = Files.list(root)) {
            return hierarchies
                    .filter(Files::isDirectory)
                    .filter(h -> !Files.isSymbolicLink(h))
                    .map(h -> h.resolve(relative))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
