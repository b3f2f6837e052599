// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;

/** Something that asks a proxy for answers and counts them. */
interface Load {
    /** Name of the figures, words joined by hyphens. */
    String name();

    /** What is counted, for units such as {@code requests/cpu-s}. */
    String unit();

    /** Runs for some seconds; an answer that is not 200 or does not come fails the measurement. */
    Outcome run(ProxyProcess proxy) throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param p99Millis time to the end of an answer, or {@link #NOT_MEASURED}
     */
    record Outcome(long answers, double p99Millis) {}

    double NOT_MEASURED = -1;
}
