// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import net.statemesh.api.error.StateMeshException;

/**
 * Everything the router bounds. A component that is 0 or absent has its default. Times are counted by a sweep once a second, so they
 * are exact to a second.
 *
 * @param maxHeadBytes request line and headers, of requests and of answers (32 KiB)
 * @param maxHeaders header lines of one message (100)
 * @param maxRequestBodyBytes body of one request (1 GiB)
 * @param maxConnections clients of one listener at a time (16,384)
 * @param maxConnectionsPerAddress connections of one client address, all listeners together (1,024)
 * @param maxPendingConnects connects under way to one replica, per event loop (128)
 * @param maxIdlePerReplica connections kept for reuse to one replica, per event loop (64)
 * @param maxStreams HTTP/2 streams of one connection at a time (128)
 * @param handshakeSeconds from connect to the end of the TLS handshake (10)
 * @param headSeconds from the first to the last byte of a request's head (10)
 * @param keepAliveSeconds a client's connection without a request (75)
 * @param bodyIdleSeconds a request's body without progress (30)
 * @param bodyMinBytesPerSecond slowest average rate of a request's body, after {@code bodyIdleSeconds} (128)
 * @param responseSeconds from the request to the first byte of the answer (60)
 * @param responseIdleSeconds an answer's body without progress, either way (300)
 * @param tunnelIdleSeconds a WebSocket without a byte, either way (3,600)
 * @param connectMillis until a replica accepts a connection; then another one is asked, if there is one (2,000)
 * @param reachSeconds until any replica accepts a connection for a request (10)
 * @param backIdleSeconds a connection to a replica kept for reuse (30)
 * @param drainSeconds requests in flight to a replica that has ended (60)
 * @param accessLogBytes size at which the access log is rotated; one old file is kept (64 MiB)
 * @param maxCertificates certificates kept, in memory and on disk (4,096)
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Limits(
        int maxHeadBytes,
        int maxHeaders,
        long maxRequestBodyBytes,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxPendingConnects,
        int maxIdlePerReplica,
        int maxStreams,
        int handshakeSeconds,
        int headSeconds,
        int keepAliveSeconds,
        int bodyIdleSeconds,
        int bodyMinBytesPerSecond,
        int responseSeconds,
        int responseIdleSeconds,
        int tunnelIdleSeconds,
        int connectMillis,
        int reachSeconds,
        int backIdleSeconds,
        int drainSeconds,
        long accessLogBytes,
        int maxCertificates) {
    private static final int SMALLEST_HEAD_BYTES = 1 << 10;
    private static final int LARGEST_HEAD_BYTES = 1 << 20;

    public static final Limits DEFAULTS = new Limits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Limits {
        maxHeadBytes = orDefault("maxHeadBytes", maxHeadBytes, 32 << 10);
        maxHeaders = orDefault("maxHeaders", maxHeaders, 100);
        maxRequestBodyBytes = orDefault("maxRequestBodyBytes", maxRequestBodyBytes, 1L << 30);
        maxConnections = orDefault("maxConnections", maxConnections, 16_384);
        maxConnectionsPerAddress = orDefault("maxConnectionsPerAddress", maxConnectionsPerAddress, 1024);
        maxPendingConnects = orDefault("maxPendingConnects", maxPendingConnects, 128);
        maxIdlePerReplica = orDefault("maxIdlePerReplica", maxIdlePerReplica, 64);
        maxStreams = orDefault("maxStreams", maxStreams, 128);
        handshakeSeconds = orDefault("handshakeSeconds", handshakeSeconds, 10);
        headSeconds = orDefault("headSeconds", headSeconds, 10);
        keepAliveSeconds = orDefault("keepAliveSeconds", keepAliveSeconds, 75);
        bodyIdleSeconds = orDefault("bodyIdleSeconds", bodyIdleSeconds, 30);
        bodyMinBytesPerSecond = orDefault("bodyMinBytesPerSecond", bodyMinBytesPerSecond, 128);
        responseSeconds = orDefault("responseSeconds", responseSeconds, 60);
        responseIdleSeconds = orDefault("responseIdleSeconds", responseIdleSeconds, 300);
        tunnelIdleSeconds = orDefault("tunnelIdleSeconds", tunnelIdleSeconds, 3600);
        connectMillis = orDefault("connectMillis", connectMillis, 2000);
        reachSeconds = orDefault("reachSeconds", reachSeconds, 10);
        backIdleSeconds = orDefault("backIdleSeconds", backIdleSeconds, 30);
        drainSeconds = orDefault("drainSeconds", drainSeconds, 60);
        accessLogBytes = orDefault("accessLogBytes", accessLogBytes, 64L << 20);
        maxCertificates = orDefault("maxCertificates", maxCertificates, 4096);
        if (maxHeadBytes < SMALLEST_HEAD_BYTES || maxHeadBytes > LARGEST_HEAD_BYTES) {
            throw wrong("maxHeadBytes", maxHeadBytes, SMALLEST_HEAD_BYTES + " to " + LARGEST_HEAD_BYTES);
        }
    }

    private static int orDefault(String field, int value, int fallback) {
        return (int) orDefault(field, (long) value, fallback);
    }

    private static long orDefault(String field, long value, long fallback) {
        if (value < 0) {
            throw wrong(field, value, "a positive number, or 0 for the default of " + fallback);
        }
        return value == 0 ? fallback : value;
    }

    private static StateMeshException wrong(String field, long value, String accepted) {
        return new StateMeshException(
                IngressErrors.BAD_CONFIG,
                "limits.%s is %d; accepted is %s".formatted(field, value, accepted),
                List.of(),
                List.of("correct the field, or leave it out for the default"));
    }
}
