// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.math.BigDecimal;

/** Counters of one event loop, written by it alone; {@link #copy} is made on the loop. */
public final class LoopMetrics {
    private static final int STATUS_CLASSES = 6;

    final long[] responses = new long[STATUS_CLASSES];
    long requestsRefused;
    long requestMicros;
    long connectFailures;
    long retries;
    long connectionsOpened;
    long connectionsRefused;
    long openConnections;
    long responseBytes;
    long accessLogDropped;

    /** A copy that another thread may read. */
    LoopMetrics copy() {
        return new LoopMetrics().add(this);
    }

    LoopMetrics add(LoopMetrics other) {
        for (int i = 0; i < STATUS_CLASSES; i++) {
            responses[i] += other.responses[i];
        }
        requestsRefused += other.requestsRefused;
        requestMicros += other.requestMicros;
        connectFailures += other.connectFailures;
        retries += other.retries;
        connectionsOpened += other.connectionsOpened;
        connectionsRefused += other.connectionsRefused;
        openConnections += other.openConnections;
        responseBytes += other.responseBytes;
        accessLogDropped += other.accessLogDropped;
        return this;
    }

    void response(int status, long micros, long bytes) {
        responses[Math.min(status / 100, STATUS_CLASSES - 1)]++;
        requestMicros += micros;
        responseBytes += bytes;
    }

    /** Prometheus text form, units in the names. */
    public String text() {
        StringBuilder text = new StringBuilder(1024);
        text.append("# TYPE statemesh_ingress_responses_total counter\n");
        for (int status = 1; status < STATUS_CLASSES; status++) {
            text.append("statemesh_ingress_responses_total{status=\"%dxx\"} %d\n".formatted(status, responses[status]));
        }
        text.append("# TYPE statemesh_ingress_request_duration_seconds_sum counter\n")
                .append("statemesh_ingress_request_duration_seconds_sum %s\n"
                        .formatted(BigDecimal.valueOf(requestMicros, 6).toPlainString()));
        counter(text, "requests_refused_total", requestsRefused);
        counter(text, "response_bytes_total", responseBytes);
        counter(text, "connect_failures_total", connectFailures);
        counter(text, "retries_total", retries);
        counter(text, "connections_total", connectionsOpened);
        counter(text, "connections_refused_total", connectionsRefused);
        counter(text, "access_log_dropped_lines_total", accessLogDropped);
        return text.append("# TYPE statemesh_ingress_open_connections gauge\nstatemesh_ingress_open_connections ")
                .append(openConnections)
                .append('\n')
                .toString();
    }

    private static void counter(StringBuilder text, String name, long value) {
        text.append("# TYPE statemesh_ingress_%s counter\nstatemesh_ingress_%s %d\n".formatted(name, name, value));
    }

    /** The sum of several copies. */
    public static LoopMetrics sum(Iterable<LoopMetrics> copies) {
        LoopMetrics sum = new LoopMetrics();
        copies.forEach(sum::add);
        return sum;
    }
}
