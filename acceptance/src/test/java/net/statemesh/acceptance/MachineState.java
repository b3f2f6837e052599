// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything a zone could leave behind on this machine, as the kernel shows it; never by asking the product. */
record MachineState(
        Set<String> processes,
        Set<String> mounts,
        Set<String> networkNamespaces,
        Set<String> controlGroups,
        Set<String> links,
        Set<String> routes) {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /**
     * What belongs to a zone.
     *
     * @param zone the zone's folder: its processes have it in their environment or command line
     * @param network what the names of its links, namespaces and groups begin with
     */
    static MachineState of(Path zone, int network) throws IOException {
        String group = "sm-" + network;
        return new MachineState(
                processes(zone, group),
                lines(Path.of("/proc/self/mountinfo"), zone.toString()),
                names(Path.of("/run/netns"), group + "-"),
                groups(group),
                names(Path.of("/sys/class/net"), "sm" + network),
                routes(network));
    }

    boolean isEmpty() {
        return Stream.of(processes, mounts, networkNamespaces, controlGroups, links, routes)
                .allMatch(Set::isEmpty);
    }

    private static Set<String> processes(Path zone, String group) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path process : entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .toList()) {
                if (read(process.resolve("stat")).contains(") Z ")) {
                    continue; // it has ended, and its parent has not asked for its exit code yet
                }
                String text = read(process.resolve("environ")).lines().collect(Collectors.joining());
                String command = read(process.resolve("cmdline")).replace('\0', ' ');
                if (text.contains("STATEMESH_ZONE_FOLDER=" + zone)
                        || command.contains(zone + "/")
                        || read(process.resolve("cgroup")).contains("/" + group + "/")) {
                    found.add(process.getFileName() + " " + command);
                }
            }
        }
        return found;
    }

    private static Set<String> lines(Path file, String part) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(part))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> groups(String group) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
            for (Path hierarchy : Stream.concat(Stream.of(CGROUPS), hierarchies).toList()) {
                if (Files.isDirectory(hierarchy.resolve(group))) {
                    found.add(hierarchy.resolve(group).toString());
                }
            }
        }
        return found;
    }

    private static Set<String> routes(int network) {
        return new Shell()
                .run("ip", "-4", "route", "show", "table", "all")
                .out()
                .lines()
                .filter(line -> line.contains("10." + network + "."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
