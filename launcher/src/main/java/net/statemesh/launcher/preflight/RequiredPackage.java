// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Debian or Ubuntu package that a zone needs, and the files that show it is there.
 *
 * @param programs each must be found on the PATH, or in one of {@code folders}
 * @param folders absolute folders to look in beside the PATH
 */
public record RequiredPackage(String name, List<String> programs, List<String> folders) {
    public static final List<RequiredPackage> ALL = List.of(
            of("containerd", "containerd", "containerd-shim-runc-v2"),
            of("runc", "runc"),
            new RequiredPackage(
                    "containernetworking-plugins",
                    List.of("bridge", "host-local", "loopback", "portmap"),
                    List.of("/usr/lib/cni", "/opt/cni/bin")),
            of("busybox-static", "busybox"),
            of("docker-registry", "docker-registry"),
            of("catatonit", "catatonit"),
            of("iproute2", "ip"),
            of("util-linux", "nsenter", "unshare", "setsid"),
            of("mount", "mount", "umount"));

    public RequiredPackage {
        programs = List.copyOf(programs);
        folders = List.copyOf(folders);
    }

    private static RequiredPackage of(String name, String... programs) {
        return new RequiredPackage(name, List.of(programs), List.of());
    }

    /** Programs that are not there. */
    public List<String> missing(String searchPath) {
        return programs.stream()
                .filter(program -> find(program, searchPath).isEmpty())
                .toList();
    }

    /** Where the first of its programs is. */
    public Optional<Path> location(String searchPath) {
        return find(programs.getFirst(), searchPath);
    }

    private Optional<Path> find(String program, String searchPath) {
        return java.util.stream.Stream.concat(
                        folders.stream(),
                        folders.isEmpty() ? Arrays.stream(searchPath.split(":")) : java.util.stream.Stream.empty())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
