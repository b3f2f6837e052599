// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy under test, in a process of its own.
 *
 * @param plainPort plain HTTP on 127.0.0.1
 * @param tlsPort HTTPS on 127.0.0.1, HTTP/2 by ALPN
 */
record ProxyProcess(String name, Process process, int plainPort, int tlsPort) implements AutoCloseable {
    private static final int LISTENING_WITHIN_SECONDS = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BYTES_PER_KIBIBYTE = 1024;

    /** What the names of its figures end with. */
    String suffix() {
        return name.equals("router") ? "" : "-" + name;
    }

    /** Processor time used so far in user and kernel mode, all threads. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Resident memory in bytes. */
    long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIBIBYTE)
                .findFirst()
                .orElseThrow();
    }

    /** A port that nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a process listens; fails when it ends instead. */
    static void awaitListening(Process process, int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LISTENING_WITHIN_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                return;
            } catch (ConnectException notYet) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        process.destroyForcibly();
        throw new IOException(
                process.info().command().orElse("a process") + " does not listen on port " + port + "; see above");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
