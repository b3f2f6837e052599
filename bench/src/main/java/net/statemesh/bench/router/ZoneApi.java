// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.bench.apiserver.Answer;
import net.statemesh.bench.apiserver.Connection;
import net.statemesh.bench.apiserver.ServerProcess;
import net.statemesh.bench.apiserver.Writers;

/** A zone's API server that holds the applications and pods of a {@link Site}, written as master and nodes would write them. */
final class ZoneApi implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String CORE = "/api/v1/namespaces";
    private static final String CRD =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/applications.statemesh.net?fieldManager=bench&force=true";
    /** The product's engine for one machine holds fewer objects than the largest site has. */
    private static final String HEAP = "-Xmx1g";

    private static final int WRITERS = 32;
    private static final int HIGHEST_SUCCESS = 299;

    private final ServerProcess server;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Connection connection;

    private ZoneApi(ServerProcess server) throws IOException {
        this.server = server;
        this.connection = open();
    }

    private Connection open() throws IOException {
        return Connection.open(loops, server.clientTls(), server.port());
    }

    /** To be called before the first write after a while: minutes of load on the proxies lie between them. */
    void reconnectIfClosed() throws IOException {
        if (!connection.isOpen()) {
            connection = open();
        }
    }

    /** @param folder empty; gets the server's data */
    static ZoneApi start(Path folder, Site site) throws IOException {
        ZoneApi zone = new ZoneApi(ServerProcess.start(folder, HEAP));
        zone.populate(site);
        return zone;
    }

    /** What a router needs to watch it. */
    Path storeKubeconfig(Path file) {
        server.kubeconfig().store(file);
        return file;
    }

    private void populate(Site site) throws IOException {
        try (InputStream definition =
                Application.class.getResourceAsStream("/net/statemesh/api/crd/applications.yaml")) {
            require(connection.send(
                    "PATCH", CRD, APPLY, Objects.requireNonNull(definition).readAllBytes()));
        }
        require(namespace(SystemNames.NAMESPACE));
        all(Site.PROJECTS, i -> namespace(Site.project(i)));
        require(connection.send("POST", CORE + "/" + SystemNames.NAMESPACE + "/configmaps", JSON, utf8("""
                {"metadata":{"name":"%s"},"data":{"name":"%s","domain":"%s","httpsPort":"%d","httpPort":"%d"}}
                """.formatted(
                        SystemNames.ZONE_CONFIG_MAP,
                        Site.ZONE.name(),
                        Site.ZONE.domain(),
                        Site.ZONE.httpsPort(),
                        Site.ZONE.httpPort()))));
        int pods = site.applications() * site.replicas();
        all(site.applications(), i -> connection.send("POST", applications(i), JSON, SiteObjects.application(site, i)));
        all(
                site.applications(),
                i -> patch(applications(i) + "/" + site.name(i) + "/status", SiteObjects.applicationStatus(site, i)));
        all(pods, i -> connection.send("POST", pods(site, i), JSON, SiteObjects.pod(site, i)));
        all(
                pods,
                i -> patch(
                        pods(site, i) + "/" + SiteObjects.podName(site, i) + "/status",
                        SiteObjects.podStatus(site, i)));
    }

    private CompletableFuture<Answer> namespace(String name) {
        return connection.send("POST", CORE, JSON, utf8("{\"metadata\":{\"name\":\"%s\"}}".formatted(name)));
    }

    private static String applications(int application) {
        return "/apis/statemesh.net/v1alpha1/namespaces/" + Site.project(application) + "/applications";
    }

    private static String pods(Site site, int pod) {
        return CORE + "/" + Site.project(pod / site.replicas()) + "/pods";
    }

    private static void all(int count, IntFunction<CompletableFuture<Answer>> write) {
        new Writers(WRITERS).run(count, write);
    }

    private CompletableFuture<Answer> patch(String path, byte[] patch) {
        return connection.send("PATCH", path, MERGE_PATCH, patch);
    }

    /** Changes where an application's other path is; completes when that is durable. */
    CompletableFuture<Answer> moveOtherPath(Site site, int application, String path) {
        return patch(applications(application) + "/" + site.name(application), SiteObjects.otherPath(site, path));
    }

    /** Waits for a write that must succeed. */
    static void require(CompletableFuture<Answer> writing) throws IOException {
        Answer answer = writing.join();
        if (answer.status() > HIGHEST_SUCCESS) {
            throw new IOException("the API server refused a write: " + answer);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        loops.shutdownGracefully().syncUninterruptibly();
        server.close();
    }
}
