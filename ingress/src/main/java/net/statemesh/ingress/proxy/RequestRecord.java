// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import net.statemesh.ingress.http1.Ascii;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.route.Endpoint;
import net.statemesh.ingress.route.HostRoutes;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/** What the access log and the counters will say about one request. Reused for the next. */
final class RequestRecord {
    private static final byte[] HEAD = Ascii.bytes("HEAD ");
    private static final int END_BYTES = 4;

    private byte[] client = new byte[0];
    private String protocol = "";
    private @Nullable HostRoutes host;
    private @Nullable PathRoute path;
    private @Nullable Endpoint endpoint;
    private Failure lastFailure = Failure.NO_READY_REPLICA;
    private long startNanos;
    private long responseBytes;
    private int attempts;
    private int status;
    private int requestIdLength;
    private boolean upgrade;

    /** Once per connection. */
    void client(byte[] address, String httpVersion) {
        client = address;
        protocol = httpVersion;
    }

    /** Before {@link Exchange#begin}: what the head does not tell. */
    void request(int idLength, boolean isUpgrade) {
        requestIdLength = idLength;
        upgrade = isUpgrade;
    }

    void begin(HostRoutes requestHost, PathRoute requestPath) {
        host = requestHost;
        path = requestPath;
        endpoint = null;
        lastFailure = Failure.NO_READY_REPLICA;
        startNanos = System.nanoTime();
        responseBytes = 0;
        attempts = 0;
        status = 0;
    }

    void attempted(Endpoint chosen) {
        endpoint = chosen;
        attempts++;
    }

    void failed(Failure failure) {
        lastFailure = failure;
    }

    Failure lastFailure() {
        return lastFailure;
    }

    void status(int responseStatus) {
        status = responseStatus;
    }

    int status() {
        return status;
    }

    void responseBytes(int count) {
        responseBytes += count;
    }

    boolean isUpgrade() {
        return upgrade;
    }

    boolean isHead(ByteBuf head) {
        for (int i = 0; i < HEAD.length; i++) {
            if (head.getByte(head.readerIndex() + i) != HEAD[i]) {
                return false;
            }
        }
        return true;
    }

    /** The id, from the head that the replica got. */
    String requestId(ByteBuf head) {
        int from = head.writerIndex() - END_BYTES - requestIdLength;
        return head.toString(from, requestIdLength, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Writes the line and counts. */
    void end(ByteBuf head, RouterLoop loop) {
        long micros = (System.nanoTime() - startNanos) / 1000;
        loop.metrics().response(status, micros, responseBytes);
        AccessLogBuffer log = loop.accessLog();
        if (!log.isOn()) {
            return;
        }
        int method = indexOf(head, head.readerIndex(), ' ', ' ');
        int pathEnd = indexOf(head, method + 1, ' ', '?');
        log.begin();
        log.bytes("id=", head, head.writerIndex() - END_BYTES - requestIdLength, requestIdLength);
        log.bytes(" client=", client);
        log.text(" protocol=", protocol);
        log.bytes(" method=", head, head.readerIndex(), method - head.readerIndex());
        log.text(" host=", host == null ? "-" : host.host());
        log.bytes(" path=", head, method + 1, pathEnd - method - 1);
        log.number(" status=", status);
        log.number(" sentBytes=", responseBytes);
        log.number(" durationMicros=", micros);
        if (path != null) {
            log.text(" application=", path.project());
            log.text("/", path.application());
        }
        log.text(" replica=", endpoint == null ? "-" : endpoint.replica());
        log.number(" attempts=", attempts);
        log.end();
    }

    /** Writes the line of a request that no application answers for. */
    void refusedAtOnce(RequestHead head, String requestId, Failure failure, RouterLoop loop) {
        loop.metrics().response(failure.status(), 0, 0);
        AccessLogBuffer log = loop.accessLog();
        if (log.isOn()) {
            log.begin();
            log.text("id=", requestId);
            log.bytes(" client=", client);
            log.text(" protocol=", protocol);
            log.text(" method=", head.text(head.start(), head.methodEnd()));
            log.text(" host=", head.text(head.hostStart(), head.hostEnd()));
            log.text(" path=", head.text(head.pathStart(), head.pathEnd()));
            log.number(" status=", failure.status());
            log.text(" reason=", failure.code().code());
            log.end();
        }
    }

    private static int indexOf(ByteBuf head, int from, char first, char second) {
        int at = from;
        while (head.getByte(at) != first && head.getByte(at) != second) {
            at++;
        }
        return at;
    }
}
