// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.api.Quantities;
import net.statemesh.node.cri.wire.LinuxContainerResources;
import org.jspecify.annotations.Nullable;

/** Requests and limits as the kernel knows them. */
public final class Resources {
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    private static final long CPU_PERIOD_MICROS = 100_000;
    private static final long MIN_QUOTA_MICROS = 1_000;
    private static final long SHARES_PER_CPU = 1_024;
    private static final long MIN_SHARES = 2;
    private static final long MILLIS_PER_CPU = 1_000;

    private Resources() {}

    /** {@code oomScoreAdj} is handed in because it depends on the class of the whole pod. */
    static LinuxContainerResources of(Container container, long oomScoreAdj) {
        return linux(limitsOf(container), oomScoreAdj);
    }

    /** Sum over the containers that run at the same time, or the largest init container if that is more. */
    public static Limits ofPod(PodSpec spec) {
        Limits together = spec.getContainers().stream()
                .map(Resources::limitsOf)
                .reduce(Limits::plus)
                .orElse(Limits.NONE);
        return spec.getInitContainers().stream().map(Resources::limitsOf).reduce(together, Limits::max);
    }

    static LinuxContainerResources linux(Limits limits, long oomScoreAdj) {
        LinuxContainerResources.Builder builder = LinuxContainerResources.newBuilder()
                .setCpuShares(limits.cpuShares())
                .setOomScoreAdj(oomScoreAdj);
        limits.cpuQuotaMicros()
                .ifPresent(quota -> builder.setCpuPeriod(CPU_PERIOD_MICROS).setCpuQuota(quota));
        limits.memory().ifPresent(builder::setMemoryLimitInBytes);
        return builder.build();
    }

    private static Limits limitsOf(Container container) {
        ResourceRequirements resources = container.getResources();
        Optional<Long> cpuLimit =
                quantity(resources == null ? null : resources.getLimits(), CPU).map(Quantities::cpuMillis);
        Optional<Long> memoryLimit = quantity(resources == null ? null : resources.getLimits(), MEMORY)
                .map(Quantities::bytes);
        long cpuRequest = quantity(resources == null ? null : resources.getRequests(), CPU)
                .map(Quantities::cpuMillis)
                .or(() -> cpuLimit)
                .orElse(0L);
        return new Limits(cpuRequest, cpuLimit, memoryLimit);
    }

    private static Optional<Quantity> quantity(@Nullable Map<String, Quantity> quantities, String name) {
        return Optional.ofNullable(quantities).map(q -> q.get(name));
    }

    /**
     * What a container or a pod may use.
     *
     * @param cpuLimitMillis empty when unlimited
     * @param memory bytes; empty when unlimited
     */
    public record Limits(long cpuRequestMillis, Optional<Long> cpuLimitMillis, Optional<Long> memory) {
        static final Limits NONE = new Limits(0, Optional.empty(), Optional.empty());

        /** Together unlimited as soon as one of them is. */
        Limits plus(Limits other) {
            return new Limits(
                    cpuRequestMillis + other.cpuRequestMillis,
                    both(cpuLimitMillis, other.cpuLimitMillis, true),
                    both(memory, other.memory, true));
        }

        Limits max(Limits other) {
            return new Limits(
                    Math.max(cpuRequestMillis, other.cpuRequestMillis),
                    both(cpuLimitMillis, other.cpuLimitMillis, false),
                    both(memory, other.memory, false));
        }

        public long cpuShares() {
            return Math.max(MIN_SHARES, cpuRequestMillis * SHARES_PER_CPU / MILLIS_PER_CPU);
        }

        /** Microseconds per period of 100 ms. */
        public Optional<Long> cpuQuotaMicros() {
            return cpuLimitMillis.map(m -> Math.max(MIN_QUOTA_MICROS, m * CPU_PERIOD_MICROS / MILLIS_PER_CPU));
        }

        public static long cpuPeriodMicros() {
            return CPU_PERIOD_MICROS;
        }

        private static Optional<Long> both(Optional<Long> one, Optional<Long> two, boolean sum) {
            return Stream.of(one, two).allMatch(Optional::isPresent)
                    ? Optional.of(sum ? one.get() + two.get() : Math.max(one.get(), two.get()))
                    : Optional.empty();
        }
    }
}
