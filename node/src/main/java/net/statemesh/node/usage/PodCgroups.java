// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import net.statemesh.node.container.Resources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One control group per pod below the node's own: holds the pod as a whole to what its containers may use together. */
public final class PodCgroups {
    private static final Logger LOG = LoggerFactory.getLogger(PodCgroups.class);
    private static final long MAX_WEIGHT = 10_000;
    private static final long MAX_SHARES = 262_144;
    /** Processes and threads of one pod: a fork bomb ends there and not with the machine's last process id. */
    static final long MAX_PIDS_PER_POD = 4_096;
    /** All pods of a node together get one in so many of the machine's process ids. */
    private static final long PIDS_SHARE = 4;

    private static final Path PID_MAX = Path.of("/proc/sys/kernel/pid_max");
    private static final long SMALLEST_PID_MAX = 32_768;
    private static final int MAX_NUMBER_BYTES = 32;

    private final CgroupLayout layout;
    private final String parent;

    /** {@code parent} is a path below each hierarchy, for example {@code /statemesh/node-1/pods}. */
    public PodCgroups(CgroupLayout layout, String parent) {
        this.layout = layout;
        this.parent = parent;
    }

    /** Path of the group of all pods below each hierarchy. */
    String parent() {
        return parent;
    }

    /** Path of the pod's group below each hierarchy. */
    public String path(Pod pod) {
        return path(pod.getMetadata().getUid());
    }

    public String path(String podUid) {
        return parent + "/pod" + podUid;
    }

    /** Makes the group with the pod's limits; the runtime makes what is missing in hierarchies without limits. */
    public void create(Pod pod) {
        Resources.Limits limits = Resources.ofPod(pod.getSpec());
        String path = path(pod);
        write(make(layout.group("pids", parent)), "pids.max", String.valueOf(pidMax() / PIDS_SHARE));
        write(make(layout.group("pids", path)), "pids.max", String.valueOf(MAX_PIDS_PER_POD));
        if (layout.unified()) {
            Path group = make(layout.group("", path));
            write(group, "cpu.weight", String.valueOf(weight(limits.cpuShares())));
            write(
                    group,
                    "cpu.max",
                    limits.cpuQuotaMicros().map(String::valueOf).orElse("max") + " "
                            + Resources.Limits.cpuPeriodMicros());
            write(group, "memory.max", limits.memory().map(String::valueOf).orElse("max"));
            return;
        }
        Path cpu = make(layout.group("cpu", path));
        write(cpu, "cpu.shares", String.valueOf(limits.cpuShares()));
        write(cpu, "cpu.cfs_period_us", String.valueOf(Resources.Limits.cpuPeriodMicros()));
        write(
                cpu,
                "cpu.cfs_quota_us",
                limits.cpuQuotaMicros().map(String::valueOf).orElse("-1"));
        Path memory = make(layout.group("memory", path));
        write(
                memory,
                "memory.limit_in_bytes",
                limits.memory().map(String::valueOf).orElse("-1"));
    }

    /** Removes the group, which has no processes any more, from every hierarchy. */
    public void remove(Pod pod) {
        layout.everywhere(path(pod)).forEach(PodCgroups::removeGroups);
    }

    private static long pidMax() {
        // in one read: the kernel gives a number in the first one only, cut to its size
        try (InputStream number = Files.newInputStream(PID_MAX)) {
            return Long.parseLong(new String(number.readNBytes(MAX_NUMBER_BYTES), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} cannot be read", PID_MAX, e);
            return SMALLEST_PID_MAX;
        }
    }

    /** Version 1 shares 2 to 262144 as version 2 weights 1 to 10000, the way runc converts them. */
    private static long weight(long shares) {
        return 1 + (Math.min(shares, MAX_SHARES) - 2) * (MAX_WEIGHT - 1) / (MAX_SHARES - 2);
    }

    private static Path make(Path group) {
        try {
            return Files.createDirectories(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Control files of controllers that are not delegated are absent; that is no reason to refuse a pod. */
    private static void write(Path group, String file, String value) {
        try {
            Files.write(group.resolve(file), value.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("cgroup={} file={} value={} not written: {}", group, file, value, String.valueOf(e.getMessage()));
        }
    }

    /** Only folders can be removed from a cgroup file system; their control files go with them. */
    private static void removeGroups(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult postVisitDirectory(Path group, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(group);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // never made in this hierarchy
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
