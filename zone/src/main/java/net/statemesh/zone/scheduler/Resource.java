// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import net.statemesh.api.Quantities;

/** What pods reserve and nodes have; each is a filter of its own. */
enum Resource {
    CPU("Cpu", " CPU"),
    MEMORY("Memory", " memory"),
    PODS("Pods", " free place for a pod"),
    GPU("Gpu", " free GPU");

    private static final long BYTES_PER_MEBIBYTE = 1 << 20;

    private final String filter;
    private final String noun;

    Resource(String filter, String noun) {
        this.filter = filter;
        this.noun = noun;
    }

    /** Name of the filter. */
    String filter() {
        return filter;
    }

    long of(Resources resources) {
        return switch (this) {
            case CPU -> resources.cpuMillis();
            case MEMORY -> resources.memoryBytes();
            case PODS -> resources.pods();
            case GPU -> resources.gpus();
        };
    }

    /** For people, without the noun. */
    String text(long value) {
        long amount = Math.max(0, value);
        return switch (this) {
            case CPU -> Quantities.ofCpuMillis(amount).toString();
            case MEMORY ->
                amount % BYTES_PER_MEBIBYTE == 0
                        ? Quantities.ofBytes(amount).toString()
                        : amount / BYTES_PER_MEBIBYTE + "Mi";
            case PODS, GPU -> Long.toString(amount);
        };
    }

    /** For people: {@code 500m CPU}. */
    String words(long value) {
        return text(value) + noun;
    }
}
