// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.statemesh.api.Quantities;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.container.PodFields;
import net.statemesh.node.container.References;
import net.statemesh.node.container.SandboxConfigs;
import net.statemesh.node.cri.wire.Mount;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.state.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * Lays the volumes of a pod out as folders of the node. All of them lie below a folder of mode 0700, so that only the containers
 * they are mounted into reach them; within, files have the mode that the pod asks for. Secrets lie in memory, never on a disk.
 */
public final class Volumes {
    private static final String DEFAULT_TERMINATION_PATH = "/dev/termination-log";
    /** A Secret holds at most 1 MiB; a projected volume may join several. */
    private static final long SECRET_VOLUME_BYTES = 16L << 20;

    private static final long DEFAULT_MEMORY_VOLUME_BYTES = 64L << 20;
    private static final String OPEN_DIRECTORY = "rwxrwxrwx";
    private static final String READABLE_DIRECTORY = "rwxr-xr-x";

    private final PodPaths paths;

    public Volumes(PodPaths paths) {
        this.paths = paths;
    }

    /** Writes what one start of a container needs and answers the mounts. */
    public List<Mount> mounts(Container container, int attempt, PodFields fields, References references) {
        Pod pod = fields.pod();
        PrivateFiles.directory(paths.pod(pod.getMetadata().getUid()));
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount wanted : container.getVolumeMounts()) {
            Volume volume = named(pod, wanted.getName());
            Path source = layOut(volume, fields, references);
            mounts.add(Mount.newBuilder()
                    .setContainerPath(wanted.getMountPath())
                    .setHostPath(below(source, wanted.getSubPath()).toString())
                    // what the agent writes again at every start must be out of reach of what it starts
                    .setReadonly(volume.getEmptyDir() == null || Boolean.TRUE.equals(wanted.getReadOnly()))
                    .build());
        }
        mounts.add(terminationMessage(container, attempt, pod));
        boolean ownHosts = container.getVolumeMounts().stream().anyMatch(m -> "/etc/hosts".equals(m.getMountPath()));
        if (!ownHosts) {
            mounts.add(hosts(fields));
        }
        return mounts;
    }

    private Path layOut(Volume volume, PodFields fields, References references) {
        Path folder = paths.volume(fields.pod().getMetadata().getUid(), volume.getName());
        if (volume.getEmptyDir() != null) {
            boolean fresh = !Files.isDirectory(folder);
            if (fresh) {
                PrivateFiles.directory(folder, OPEN_DIRECTORY);
            }
            // also for a folder that is there: the machine may have been started anew since
            boolean mounted = mountIfInMemory(volume.getEmptyDir(), folder);
            if (fresh || mounted) {
                giveToGroup(folder, fsGroup(fields.pod()));
            }
            return folder;
        }
        if (holdsSecrets(volume)) {
            PrivateFiles.directory(folder, READABLE_DIRECTORY);
            MemoryDisk.mount(folder, SECRET_VOLUME_BYTES, "0755");
        }
        PrivateFiles.directory(folder, READABLE_DIRECTORY);
        Map<String, VolumeFiles.Content> files = VolumeFiles.of(volume, fields, references);
        files.forEach((path, content) -> write(folder, path, content, fsGroup(fields.pod())));
        return folder;
    }

    private static boolean mountIfInMemory(EmptyDirVolumeSource source, Path folder) {
        if (!"Memory".equals(source.getMedium())) {
            return false;
        }
        long size =
                source.getSizeLimit() == null ? DEFAULT_MEMORY_VOLUME_BYTES : Quantities.bytes(source.getSizeLimit());
        return MemoryDisk.mount(folder, size, "0777");
    }

    private static boolean holdsSecrets(Volume volume) {
        return volume.getSecret() != null
                || (volume.getProjected() != null
                        && volume.getProjected().getSources().stream().anyMatch(s -> s.getSecret() != null));
    }

    /** Removes all that was laid out for a pod of which nothing runs any more. */
    public void remove(String podUid) {
        Path folder = paths.pod(podUid);
        Path volumes = folder.resolve("volumes");
        if (Files.isDirectory(volumes)) {
            try (Stream<Path> entries = Files.list(volumes)) {
                entries.toList().forEach(MemoryDisk::unmount);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        PrivateFiles.removeTree(folder);
    }

    private static void write(Path folder, String path, VolumeFiles.Content content, @Nullable Long group) {
        try {
            Path file = folder.resolve(path);
            Path parent = file.getParent();
            if (parent != null && !parent.equals(folder)) {
                PrivateFiles.directory(parent, READABLE_DIRECTORY);
            }
            PrivateFiles.replace(file, content.bytes().toByteArray());
            giveToGroup(file, group);
            int mode = group == null ? content.mode() : content.mode() | 0040;
            Files.setPosixFilePermissions(file, permissions(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void giveToGroup(Path path, @Nullable Long group) {
        if (group == null) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:gid", group.intValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Long fsGroup(Pod pod) {
        var security = pod.getSpec().getSecurityContext();
        return security == null ? null : security.getFsGroup();
    }

    private Mount terminationMessage(Container container, int attempt, Pod pod) {
        Path file = paths.terminationMessage(pod.getMetadata().getUid(), container.getName(), attempt);
        PrivateFiles.directory(Optional.ofNullable(file.getParent()).orElseThrow());
        PrivateFiles.replace(file, new byte[0]);
        try {
            Files.setPosixFilePermissions(file, permissions(0666));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = container.getTerminationMessagePath();
        return Mount.newBuilder()
                .setContainerPath(path == null || path.isEmpty() ? DEFAULT_TERMINATION_PATH : path)
                .setHostPath(file.toString())
                .build();
    }

    private Mount hosts(PodFields fields) {
        Path file = paths.hostsFile(fields.pod().getMetadata().getUid());
        PrivateFiles.replace(file, HostsFile.of(fields.pod(), fields.podIp(), SandboxConfigs.hostname(fields.pod())));
        try {
            Files.setPosixFilePermissions(file, permissions(0644));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Mount.newBuilder()
                .setContainerPath("/etc/hosts")
                .setHostPath(file.toString())
                .build();
    }

    /** A path within a volume that only the agent writes; {@link Refusal} lets no pod ask for one within any other. */
    private static Path below(Path volume, @Nullable String subPath) {
        if (subPath == null || subPath.isEmpty()) {
            return volume;
        }
        Path wanted = volume.resolve(subPath).normalize();
        if (!wanted.startsWith(volume) || wanted.equals(volume)) {
            throw refused(subPath);
        }
        try {
            if (!Files.exists(wanted)) {
                throw new StateMeshException(
                        NodeErrors.REFERENCE_MISSING,
                        "subPath '" + subPath + "' is no file of its volume.",
                        List.of(),
                        List.of());
            }
            Path real = wanted.toRealPath();
            if (!real.startsWith(volume.toRealPath())) {
                throw refused(subPath);
            }
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StateMeshException refused(String subPath) {
        return new StateMeshException(
                NodeErrors.POD_REFUSED,
                "subPath '" + subPath + "' leads out of its volume; give a relative path within it.",
                List.of(),
                List.of());
    }

    private static Volume named(Pod pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(v -> v.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new StateMeshException(
                        NodeErrors.REFERENCE_MISSING,
                        "volumeMounts names the volume '" + name + "', which spec.volumes does not have.",
                        List.of(),
                        List.of()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }
}
