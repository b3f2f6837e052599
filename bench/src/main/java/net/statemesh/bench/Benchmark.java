// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench;

/** A named set of figures, found by {@link java.util.ServiceLoader}: add a line to {@code META-INF/services}. */
public interface Benchmark {
    /** The word after {@code ./build bench}; lower case, unique. */
    String name();

    /**
     * Measures and prints. Comparisons are interleaved within the run, because the machine may be shared.
     *
     * @throws Exception when the measurement itself cannot be made
     */
    void run(Figures out) throws Exception;
}
