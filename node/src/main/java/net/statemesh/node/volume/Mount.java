// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of /proc/self/mountinfo, proc_pid_mountinfo(5).
 *
 * @param type of its file system, for example {@code ext4} or {@code nsfs}
 */
public record Mount(Path point, String type) {
    private static final int POINT_FIELD = 4;
    private static final String OPTIONAL_FIELDS_END = " - ";

    /** What is mounted in our mount namespace. */
    public static List<Mount> all() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(Mount::parse)
                .toList();
    }

    /** Whether something is mounted on this folder, which is given without links in its path. */
    public static boolean isOn(Path folder) throws IOException {
        return all().stream().anyMatch(mount -> mount.point().equals(folder));
    }

    public static Mount parse(String line) {
        String behind = line.substring(line.indexOf(OPTIONAL_FIELDS_END) + OPTIONAL_FIELDS_END.length());
        return new Mount(Path.of(unescape(line.split(" ", -1)[POINT_FIELD])), behind.substring(0, behind.indexOf(' ')));
    }

    /** Space, tab, newline and backslash stand there as octal numbers. */
    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
