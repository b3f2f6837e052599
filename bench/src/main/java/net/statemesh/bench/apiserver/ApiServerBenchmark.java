// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;

/**
 * 1,000 watches and 5,000 pods over HTTPS and HTTP/2: how long from the moment a write is due until each watch that it concerns has
 * its event, and how many durable writes there are in a second. Server and clients are processes of their own on the same processors.
 */
public final class ApiServerBenchmark implements Benchmark {
    private static final int WATCHES = 1_000;
    private static final int CONNECTIONS = 10;
    private static final int OBJECTS = Pods.NAMESPACES * Pods.PER_NAMESPACE;
    private static final int OPENED_AT_ONCE = 100;
    private static final int CLIENT_THREADS = 2;
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int WARM_UP_WRITES = 2_000;
    private static final int WARM_UP_SECONDS = 5;
    private static final int MEASURED_SECONDS = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private static final Pattern REVISION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

    /**
     * Who watches what.
     *
     * @param collection path that the watch of a number watches
     * @param watchesPerWrite how many of the watches see each write
     */
    private record Audience(String name, IntFunction<String> collection, int watchesPerWrite, int writesPerSecond) {}

    private int rounds;

    @Override
    public String name() {
        return "apiserver";
    }

    @Override
    public void run(Figures out) throws Exception {
        Path folder = Files.createTempDirectory("statemesh-bench-apiserver");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(CLIENT_THREADS, NioIoHandler.newFactory());
        try (ServerProcess server = ServerProcess.start(folder)) {
            SslContext tls = server.clientTls();
            try (Connection connection = Connection.open(loops, tls, server.port())) {
                populate(connection);
                writes(server, connection, out);
            }
            watches(
                    server,
                    loops,
                    tls,
                    out,
                    new Audience("projects", Pods::collection, WATCHES / Pods.NAMESPACES, 200));
            watches(server, loops, tls, out, new Audience("everyone", number -> "/api/v1/pods", WATCHES, 10));
            out.figure("apiserver-resident", server.residentBytes() / BYTES_PER_MEBIBYTE, "MiB");
        } finally {
            loops.shutdownGracefully().syncUninterruptibly();
            delete(folder);
        }
    }

    private static void populate(Connection connection) {
        Writers all = new Writers(32);
        all.run(
                Pods.NAMESPACES,
                i -> connection.send("POST", "/api/v1/namespaces", "application/json", Pods.namespaceBody(i)));
        all.run(OBJECTS, i -> connection.send("POST", Pods.collection(i), "application/json", Pods.body(i)));
    }

    private void writes(ServerProcess server, Connection connection, Figures out) {
        for (int writers : new int[] {1, 32}) {
            Writers clients = new Writers(writers);
            rounds++;
            clients.run(WARM_UP_WRITES, i -> report(connection, i));
            int writes = writers == 1 ? 1_000 : 10_000;
            rounds++;
            Duration before = server.cpu();
            long nanos = clients.run(writes, i -> report(connection, i));
            long cpuNanos = server.cpu().minus(before).toNanos();
            String name = "apiserver-durable-writes-" + writers + "-clients";
            out.figure(name, writes * NANOS_PER_SECOND / nanos, "writes/s");
            out.figure(name + "-server-cpu-per-write", cpuNanos / NANOS_PER_MICRO / writes, "us");
        }
    }

    private CompletableFuture<Answer> report(Connection connection, int sequence) {
        return connection.send("PATCH", Pods.status(sequence % OBJECTS), MERGE_PATCH, Pods.report(rounds, sequence));
    }

    private void watches(ServerProcess server, EventLoopGroup loops, SslContext tls, Figures out, Audience audience)
            throws InterruptedException {
        round(server, loops, tls, audience, WARM_UP_SECONDS);
        Round round = round(server, loops, tls, audience, MEASURED_SECONDS);
        String name = "apiserver-watch-" + audience.name();
        out.figure(name + "-events", round.eventsPerSecond(), "events/s");
        out.figure(name + "-p50", round.p50Millis(), "ms");
        out.figure(name + "-p99", round.p99Millis(), "ms");
        out.figure(name + "-max", round.maxMillis(), "ms");
        out.figure(name + "-server-cpu-per-event", round.serverMicrosPerEvent(), "us");
    }

    private record Round(
            double eventsPerSecond, double p50Millis, double p99Millis, double maxMillis, double serverMicrosPerEvent) {
        static Round of(long[] sorted, long nanos, Duration cpu) {
            return new Round(
                    sorted.length * NANOS_PER_SECOND / nanos,
                    at(sorted, 0.5),
                    at(sorted, 0.99),
                    at(sorted, 1),
                    cpu.toNanos() / NANOS_PER_MICRO / sorted.length);
        }

        private static double at(long[] sorted, double share) {
            return sorted[(int) Math.ceil(sorted.length * share) - 1] / NANOS_PER_MILLI;
        }
    }

    private Round round(ServerProcess server, EventLoopGroup loops, SslContext tls, Audience audience, int seconds)
            throws InterruptedException {
        int writes = audience.writesPerSecond() * seconds;
        Deliveries deliveries = new Deliveries(writes, writes * audience.watchesPerWrite());
        List<Connection> connections = new ArrayList<>();
        rounds++;
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(Connection.open(loops, tls, server.port()));
            }
            String now = revision(connections.getFirst());
            for (int i = 0; i < WATCHES; i++) {
                if (i % OPENED_AT_ONCE == 0) {
                    deliveries.awaitOpen(i);
                }
                String path = audience.collection().apply(i) + "?watch=true&resourceVersion=" + now;
                connections.get(i % CONNECTIONS).watch(path, new WatchReader(deliveries));
            }
            deliveries.awaitOpen(WATCHES);
            Connection writer = Connection.open(loops, tls, server.port());
            connections.add(writer);
            Duration before = server.cpu();
            long start = System.nanoTime();
            long interval = (long) NANOS_PER_SECOND / audience.writesPerSecond();
            for (int sequence = 0; sequence < writes; sequence++) {
                long due = start + sequence * interval;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                deliveries.due(sequence, due);
                int number = sequence;
                var _ = report(writer, sequence).thenAccept(answer -> {
                    if (answer.status() != 200) {
                        deliveries.lost("write " + number + " was answered with " + answer);
                    }
                });
            }
            long[] sorted = deliveries.sorted();
            return Round.of(sorted, System.nanoTime() - start, server.cpu().minus(before));
        } finally {
            connections.forEach(Connection::close);
        }
    }

    private static String revision(Connection connection) {
        String list = connection.get("/api/v1/namespaces?limit=1").join().body();
        Matcher found = REVISION.matcher(list);
        if (!found.find()) {
            throw new IllegalStateException("a list without resourceVersion: " + list);
        }
        return found.group(1);
    }

    private static void delete(Path folder) throws java.io.IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
