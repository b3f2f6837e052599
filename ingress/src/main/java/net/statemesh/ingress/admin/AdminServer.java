// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.ingress.IngressErrors;
import net.statemesh.ingress.proxy.LoopMetrics;
import net.statemesh.ingress.proxy.RouterLoop;
import net.statemesh.ingress.route.KubernetesRoutes;
import net.statemesh.ingress.route.LiveRoutes;
import org.jspecify.annotations.Nullable;

/** {@code /livez}, {@code /readyz} with its reasons, {@code /metrics} in Prometheus text form. */
public final class AdminServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService executor;
    private final LiveRoutes routes;
    private final @Nullable KubernetesRoutes watch;
    private final List<RouterLoop> loops;

    private AdminServer(
            HttpServer server, LiveRoutes routes, @Nullable KubernetesRoutes watch, List<RouterLoop> loops) {
        this.server = server;
        this.routes = routes;
        this.watch = watch;
        this.loops = loops;
        this.executor = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("admin").factory());
    }

    /**
     * Starts answering.
     *
     * @param watch absent when routes do not come from an API
     */
    public static AdminServer start(
            InetSocketAddress address, LiveRoutes routes, @Nullable KubernetesRoutes watch, List<RouterLoop> loops) {
        try {
            AdminServer admin = new AdminServer(HttpServer.create(address, BACKLOG), routes, watch, loops);
            admin.server.setExecutor(admin.executor);
            admin.server.createContext("/livez", exchange -> answer(exchange, 200, TEXT, "ok\n"));
            admin.server.createContext("/readyz", admin::ready);
            admin.server.createContext("/metrics", exchange -> answer(exchange, 200, METRICS, admin.metrics()));
            admin.server.start();
            return admin;
        } catch (IOException e) {
            throw new StateMeshException(
                    IngressErrors.NO_LISTENER,
                    "the router's admin listener cannot use " + address,
                    List.of(e.toString()),
                    List.of("choose another adminListen, for example 127.0.0.1:0"),
                    e);
        }
    }

    /** Ready: it knows the zone, from the API or from its last run. */
    private void ready(HttpExchange exchange) throws IOException {
        boolean ready = routes.get().zone() != null;
        String source = watch == null || watch.isSynced() ? "api" : ready ? "disk" : "none";
        boolean watching = watch == null || watch.isWatching();
        String reasons = "ready=%b\nroutes=%d\nsource=%s\nwatching=%b\n%s"
                .formatted(
                        ready,
                        routes.get().table().size(),
                        source,
                        watching,
                        watching ? "" : "reason=the API is away, the last good routes are served\n");
        answer(exchange, ready ? 200 : 503, TEXT, reasons);
    }

    private String metrics() {
        List<LoopMetrics> copies = loops.stream()
                .map(loop -> loop.eventLoop()
                        .submit(loop::metricsCopy)
                        .syncUninterruptibly()
                        .getNow())
                .toList();
        boolean watching = watch == null || watch.isWatching();
        return LoopMetrics.sum(copies).text()
                + "# TYPE statemesh_ingress_hosts gauge\nstatemesh_ingress_hosts %d\n"
                        .formatted(routes.get().table().size())
                + "# TYPE statemesh_ingress_route_changes_total counter\nstatemesh_ingress_route_changes_total %d\n"
                        .formatted(routes.changes())
                + "# TYPE statemesh_ingress_api_watched gauge\nstatemesh_ingress_api_watched %d\n"
                        .formatted(watching ? 1 : 0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
