// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;

/**
 * The router and HAProxy between the same load and the same nginx, everything on: access log, counters, forwarding headers, request
 * ids, balancing over two replicas, retries, timeouts, 200 hosts with two paths each, TLS 1.3 with the same certificate. Answers are
 * counted per second of processor time of the proxy's process, because load, proxy and back end share the machine's processors.
 */
public final class RouterBenchmark implements Benchmark {
    /** System property: which loads to run, separated by commas; absent: all. */
    private static final String LOADS = "statemesh.bench.router.loads";

    private static final String ALL_LOADS = "idle,plain,tls,handshake,http2,plain-1-mib,tls-1-mib,changes";

    private static final int HOSTS = 200;
    private static final int MANY_HOSTS = 20_000;
    private static final int REPLICAS = 2;
    private static final int THREADS = 2;
    private static final int CONNECTIONS = 64;
    private static final int LARGE_CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final int SECONDS = 4;
    private static final int WARM_UP_TURNS = 3;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int HANDSHAKES_PER_SECOND = 800;

    @Override
    public String name() {
        return "router";
    }

    @Override
    public void run(Figures out) throws Exception {
        Programs.requireAll();
        out.figure(
                "router-machine-load-before",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "processes");
        Path folder = Files.createTempDirectory("statemesh-bench-router");
        List<String> loads = List.of(System.getProperty(LOADS, ALL_LOADS).split(",", 0));
        try (BackEnd backEnd = BackEnd.start(subfolder(folder, "nginx"))) {
            Site site = new Site(HOSTS, REPLICAS, backEnd.port());
            besideHaProxy(site, loads, subfolder(folder, "few-routes"), out);
            if (loads.contains("changes")) {
                changes(new Site(MANY_HOSTS, 1, backEnd.port()), subfolder(folder, "many-routes"), out);
            }
        } finally {
            delete(folder);
        }
    }

    private static void besideHaProxy(Site site, List<String> loads, Path folder, Figures out)
            throws IOException, InterruptedException {
        try (ZoneApi zone = ZoneApi.start(subfolder(folder, "api"), site);
                RouterProcess router = RouterProcess.start(
                        subfolder(folder, "router"), zone.storeKubeconfig(folder.resolve("kubeconfig")), THREADS)) {
            router.awaitHosts(site.applications());
            Wrk.of("certificate", true, 1, 1, site, Site.PATH + "/", folder).run(router.proxy());
            try (ProxyProcess haproxy =
                    HaProxy.start(subfolder(folder, "haproxy"), site, router.wildcardPem(), THREADS)) {
                if (loads.contains("idle")) {
                    idle(List.of(haproxy, router.proxy()), site, folder, out);
                }
                compare(new Rounds(haproxy, router.proxy(), ROUNDS), site, loads, folder, out);
                for (ProxyProcess proxy : List.of(haproxy, router.proxy())) {
                    out.figure("router-resident" + proxy.suffix(), proxy.residentBytes() / BYTES_PER_MEBIBYTE, "MiB");
                }
            }
            if (loads.contains("changes")) {
                new RouteChanges(zone, router, site).measure(out);
            }
        }
    }

    private static void changes(Site site, Path folder, Figures out) throws IOException, InterruptedException {
        try (ZoneApi zone = ZoneApi.start(subfolder(folder, "api"), site)) {
            long start = System.nanoTime();
            try (RouterProcess router = RouterProcess.start(
                    subfolder(folder, "router"), zone.storeKubeconfig(folder.resolve("kubeconfig")), THREADS)) {
                router.awaitHosts(site.applications());
                out.figure(
                        "router-start-" + site.applications() * Site.PATHS + "-routes",
                        (System.nanoTime() - start) / NANOS_PER_SECOND,
                        "s");
                new RouteChanges(zone, router, site).measure(out);
            }
        }
    }

    /** Before the load, which would leave memory behind that the connections would then be put into. */
    private static void idle(List<ProxyProcess> proxies, Site site, Path folder, Figures out)
            throws IOException, InterruptedException {
        for (ProxyProcess proxy : proxies) {
            for (boolean tls : new boolean[] {false, true}) {
                Wrk.of("first", tls, CONNECTIONS, 1, site, Site.PATH + "/", folder)
                        .run(proxy);
                IdleConnections.measure(proxy, tls, site.host(0), out);
            }
        }
    }

    private static void compare(Rounds rounds, Site site, List<String> chosen, Path folder, Figures out)
            throws IOException, InterruptedException {
        String inner = Site.OTHER_PATH + "/items?page=2";
        Site one = new Site(1, site.replicas(), site.port());
        List<Load> loads = List.of(
                Wrk.of("plain", false, CONNECTIONS, SECONDS, site, inner, folder),
                Wrk.of("tls", true, CONNECTIONS, SECONDS, site, inner, folder),
                H2load.handshakes(HANDSHAKES_PER_SECOND, SECONDS, site.host(0)),
                H2load.http2(SECONDS, site.host(0)),
                Wrk.of("plain-1-mib", false, LARGE_CONNECTIONS, SECONDS, one, BackEnd.LARGE, folder),
                Wrk.of("tls-1-mib", true, LARGE_CONNECTIONS, SECONDS, one, BackEnd.LARGE, folder));
        for (Load load : loads) {
            if (chosen.contains(load.name())) {
                rounds.warmUp(load, WARM_UP_TURNS);
                rounds.compare(load, out);
            }
        }
    }

    private static Path subfolder(Path folder, String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
