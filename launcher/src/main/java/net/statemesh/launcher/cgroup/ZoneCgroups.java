// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.cgroup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The group {@code /sm-X} of a zone in every hierarchy (cgroup v1, v2 or both), with one group per node below it:
 * {@code system} for containerd and agent, {@code pods} for what customers run. Membership is inherited, so that whatever a
 * zone started is found here, whoever started it.
 */
public final class ZoneCgroups {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final int REMOVE_ATTEMPTS = 200;
    private static final long REMOVE_PAUSE_NANOS = 50_000_000;
    /** Of all pods of a node together, so that one of them cannot use up the machine's. */
    private static final long MAX_PROCESSES_PER_NODE = 16_384;

    private static final String CONTROLLERS = "+cpu +memory +pids";

    private final int octet;

    public ZoneCgroups(int octet) {
        this.octet = octet;
    }

    /** Group of a zone, as runc and the kernel name it. */
    public String path() {
        return "/sm-" + octet;
    }

    public String nodePath(String node) {
        return path() + "/" + node;
    }

    /** Parent of the groups of a node's pods. */
    public String podsPath(String node) {
        return nodePath(node) + "/pods";
    }

    /** Group of containerd and agent of a node. */
    public String systemPath(String node) {
        return nodePath(node) + "/system";
    }

    /** Group of master, registry, ingress and supervisor. */
    public String controlPath() {
        return path() + "/control";
    }

    /**
     * Makes the groups.
     *
     * @param memoryBytesPerNode what a node may use in all
     * @param podBytesPerNode what its pods may use of that, so that they never push out its agent and containerd
     */
    public void ensure(List<String> nodes, long memoryBytesPerNode, long podBytesPerNode) throws IOException {
        for (Path hierarchy : hierarchies()) {
            boolean unified = Files.exists(hierarchy.resolve("cgroup.controllers"));
            create(hierarchy, controlPath(), unified);
            for (String node : nodes) {
                create(hierarchy, systemPath(node), unified);
                create(hierarchy, podsPath(node), unified);
                limitMemory(below(hierarchy, nodePath(node)), memoryBytesPerNode);
                Path pods = below(hierarchy, podsPath(node));
                limitMemory(pods, podBytesPerNode);
                setIfPresent(pods.resolve("pids.max"), MAX_PROCESSES_PER_NODE);
            }
        }
    }

    /** Files that a process writes its pid into to become a member of {@code path}. */
    public static List<Path> membershipFiles(String path) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path hierarchy : hierarchies()) {
            files.add(below(hierarchy, path).resolve("cgroup.procs"));
        }
        return files;
    }

    /** Processes of the zone in any hierarchy. */
    public List<Long> members() throws IOException {
        return membersOf(List.of(path()));
    }

    /** Processes of one node in any hierarchy: containerd, agent and what customers run there. */
    public List<Long> members(String node) throws IOException {
        return membersOf(List.of(nodePath(node)));
    }

    /** SIGKILL for all processes of one node at once, so that none of them can start another (cgroup.kill, Linux 5.14). */
    public void kill(String node) throws IOException {
        for (Path hierarchy : allHierarchies()) {
            Path file = below(hierarchy, nodePath(node)).resolve("cgroup.kill");
            if (Files.exists(file)) {
                Files.writeString(file, "1");
            }
        }
    }

    private static List<Long> membersOf(List<String> paths) throws IOException {
        List<Long> pids = new ArrayList<>();
        for (Path hierarchy : allHierarchies()) {
            for (String path : paths) {
                Path root = below(hierarchy, path);
                if (Files.isDirectory(root)) {
                    collectMembers(root, pids);
                }
            }
        }
        return pids.stream().distinct().sorted().toList();
    }

    /** Removes the groups; they are empty by now. */
    public void remove() throws IOException {
        for (Path hierarchy : allHierarchies()) {
            Path root = below(hierarchy, path());
            if (Files.isDirectory(root)) {
                removeTree(root);
            }
        }
    }

    public boolean exists() throws IOException {
        for (Path hierarchy : allHierarchies()) {
            if (Files.isDirectory(below(hierarchy, path()))) {
                return true;
            }
        }
        return false;
    }

    private static void create(Path hierarchy, String path, boolean unified) throws IOException {
        Path group = hierarchy;
        for (Path part : Path.of(path.substring(1))) {
            if (unified) {
                enableControllers(group);
            }
            group = group.resolve(part);
            if (!Files.isDirectory(group)) {
                Files.createDirectory(group);
            }
        }
    }

    private static void enableControllers(Path group) throws IOException {
        String available = Files.readString(group.resolve("cgroup.controllers"));
        for (String controller : CONTROLLERS.split(" ", -1)) {
            if (List.of(available.strip().split(" ", -1)).contains(controller.substring(1))) {
                Files.writeString(group.resolve("cgroup.subtree_control"), controller);
            }
        }
    }

    /** The file of cgroup v1, or that of v2. */
    private static void limitMemory(Path group, long bytes) throws IOException {
        setIfPresent(group.resolve("memory.limit_in_bytes"), bytes);
        setIfPresent(group.resolve("memory.max"), bytes);
    }

    private static void setIfPresent(Path file, long value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, Long.toString(value));
        }
    }

    private static void collectMembers(Path root, List<Long> pids) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(path -> path.endsWith("cgroup.procs")).toList()) {
                Files.readAllLines(file).stream().map(Long::valueOf).forEach(pids::add);
            }
        } catch (NoSuchFileException e) {
            // a group that went away while we looked has no members
        }
    }

    private static void removeTree(Path root) throws IOException {
        List<Path> groups;
        try (Stream<Path> tree = Files.walk(root)) {
            groups = tree.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path group : groups) {
            removeGroup(group);
        }
    }

    /** The kernel lets go of a group a moment after its last process has ended. */
    private static void removeGroup(Path group) throws IOException {
        for (int attempt = 1; Files.isDirectory(group); attempt++) {
            try {
                Files.deleteIfExists(group);
            } catch (FileSystemException e) {
                if (attempt == REMOVE_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(REMOVE_PAUSE_NANOS);
            }
        }
    }

    /** Hierarchies that limit or account what a zone uses, and the one that systemd or we track processes by. */
    private static List<Path> hierarchies() throws IOException {
        return allHierarchies().stream()
                .filter(path -> Stream.of("cpu", "memory", "pids", "unified", "cgroup")
                        .anyMatch(name -> List.of(path.getFileName().toString().split(",", -1))
                                .contains(name)))
                .toList();
    }

    private static List<Path> allHierarchies() throws IOException {
        if (Files.exists(MOUNT.resolve("cgroup.controllers"))) {
            return List.of(MOUNT);
        }
        try (Stream<Path> entries = Files.list(MOUNT)) {
            return entries.filter(entry -> Files.isDirectory(entry) && !Files.isSymbolicLink(entry))
                    .sorted()
                    .toList();
        }
    }

    private static Path below(Path hierarchy, String path) {
        return hierarchy.resolve(path.substring(1));
    }
}
