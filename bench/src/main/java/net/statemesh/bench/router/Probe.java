// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One kept connection that asks again and again until it is answered as wanted. */
final class Probe implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;
    private static final String LENGTH = "content-length:";
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Socket socket;
    private final InputStream in;

    Probe(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks until a path is routed; returns when that was seen (System.nanoTime). */
    long awaitRouted(String host, String path) throws IOException {
        long start = System.nanoTime();
        while (true) {
            int status = ask(host, path);
            long now = System.nanoTime();
            if (status == OK) {
                return now;
            }
            if (status != NOT_FOUND || now - start > GIVE_UP_NANOS) {
                throw new IOException(host + path + " is answered with " + status + " instead of being routed");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private int ask(String host, String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
                        .formatted(path, host)
                        .getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().substring(STATUS_FROM, STATUS_TO));
        long bodyBytes = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                bodyBytes = Long.parseLong(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(bodyBytes);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = in.read(); value != '\n'; value = in.read()) {
            if (value < 0) {
                throw new IOException("the router closed the connection");
            }
            line.append((char) value);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
