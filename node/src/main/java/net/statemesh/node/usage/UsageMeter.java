// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.usage.Summary.ContainerStats;
import net.statemesh.node.usage.Summary.CpuStats;
import net.statemesh.node.usage.Summary.MemoryStats;
import net.statemesh.node.usage.Summary.NodeStats;
import net.statemesh.node.usage.Summary.PodReference;
import net.statemesh.node.usage.Summary.PodStats;

/** Measures what the node and its pods use, when asked: nothing is sampled while nobody looks. */
public final class UsageMeter {
    private static final Duration LEAST_WINDOW = Duration.ofSeconds(1);
    private static final Duration FIRST_WINDOW = Duration.ofMillis(200);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CgroupLayout layout;
    private final PodCgroups cgroups;
    private final String nodeName;
    private final Clock clock;
    private Map<String, Sample> samples = new HashMap<>();

    public UsageMeter(CgroupLayout layout, PodCgroups cgroups, String nodeName, Clock clock) {
        this.layout = layout;
        this.cgroups = cgroups;
        this.nodeName = nodeName;
        this.clock = clock;
    }

    /**
     * One look at a group.
     *
     * @param nanoCores rate since the look before
     */
    private record Sample(Instant time, CgroupUsage usage, long nanoCores) {}

    /** Measures all groups; the very first time it looks twice, a fifth of a second apart, to know a rate. */
    public synchronized Summary summary(Collection<Pod> pods, Function<String, PodView> views) {
        if (samples.isEmpty()) {
            measure(pods, views);
            try {
                TimeUnit.MILLISECONDS.sleep(FIRST_WINDOW.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return measure(pods, views);
    }

    private Summary measure(Collection<Pod> pods, Function<String, PodView> views) {
        Map<String, Sample> next = new HashMap<>();
        Optional<Sample> whole = sample(cgroups.parent(), next);
        List<PodStats> measured = pods.stream()
                .map(pod -> measure(pod, views.apply(pod.getMetadata().getUid()), next))
                .flatMap(Optional::stream)
                .toList();
        samples = next;
        return new Summary(new NodeStats(nodeName, cpu(whole), memory(whole)), measured);
    }

    private Optional<PodStats> measure(Pod pod, PodView view, Map<String, Sample> next) {
        String group = cgroups.path(pod);
        Optional<Sample> sample = sample(group, next);
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        List<ContainerStats> containers = view.containers().stream()
                .filter(ContainerView::running)
                .map(c -> {
                    Optional<Sample> own = sample(group + "/" + c.id(), next);
                    return new ContainerStats(c.name(), cpu(own), memory(own));
                })
                .toList();
        PodReference reference = new PodReference(
                pod.getMetadata().getName(),
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getUid());
        return Optional.of(new PodStats(reference, cpu(sample), memory(sample), containers));
    }

    private Optional<Sample> sample(String group, Map<String, Sample> next) {
        Sample before = samples.get(group);
        Instant now = clock.instant();
        Optional<Sample> sample = CgroupUsage.read(layout, group).map(usage -> {
            if (before == null) {
                return new Sample(now, usage, 0);
            }
            long nanos = Duration.between(before.time(), now).toNanos();
            boolean tooShort = nanos < LEAST_WINDOW.toNanos() && before.nanoCores() > 0;
            return tooShort || nanos <= 0 ? before : new Sample(now, usage, rate(before.usage(), usage, nanos));
        });
        sample.ifPresent(s -> next.put(group, s));
        return sample;
    }

    private static long rate(CgroupUsage before, CgroupUsage after, long nanos) {
        double used = Math.max(0, after.cpuNanos() - before.cpuNanos());
        return Math.round(used * NANOS_PER_SECOND / nanos);
    }

    private CpuStats cpu(Optional<Sample> sample) {
        return sample.map(s -> new CpuStats(
                        s.time().toString(), s.nanoCores(), s.usage().cpuNanos()))
                .orElseGet(() -> new CpuStats(clock.instant().toString(), 0, 0));
    }

    private MemoryStats memory(Optional<Sample> sample) {
        return sample.map(s -> new MemoryStats(
                        s.time().toString(), s.usage().memoryBytes(), s.usage().workingSetBytes()))
                .orElseGet(() -> new MemoryStats(clock.instant().toString(), 0, 0));
    }
}
