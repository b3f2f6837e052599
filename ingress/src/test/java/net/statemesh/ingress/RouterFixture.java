// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.api.ZoneSettings;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.ingress.route.ApplicationRoutes;
import net.statemesh.ingress.route.Balancing;
import net.statemesh.ingress.route.Endpoint;

/** A router on loopback whose routes and time a test controls; everything else is real. */
final class RouterFixture implements AutoCloseable {
    static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
    static final int LOOPS = 2;
    static final String SHOP = "shop-abcde.local-1.statemesh.localhost";

    final ManualClock clock = new ManualClock();
    final CertificateAuthority authority;
    final RouterConfig config;
    private final boolean watches;
    private final Natives natives;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private Router router;

    RouterFixture(Path folder) {
        this(folder, Limits.DEFAULTS);
    }

    RouterFixture(Path folder, Limits limits) {
        this(folder, limits, Natives.found());
    }

    RouterFixture(Path folder, Limits limits, Natives natives) {
        this(folder, limits, folder.resolve("no-kubeconfig"), false, natives);
        router.routes().apply(ZONE, List.of(), List.of());
    }

    /** A router whose routes come from a real API. */
    static RouterFixture watching(Path folder, Path kubeconfig) {
        return new RouterFixture(folder, Limits.DEFAULTS, kubeconfig, true, Natives.found());
    }

    private RouterFixture(Path folder, Limits limits, Path kubeconfig, boolean watches, Natives natives) {
        this.natives = natives;
        this.watches = watches;
        Path certificate = folder.resolve("ca.crt");
        Path key = folder.resolve("ca.key");
        authority = CertificateAuthority.loadOrCreate(
                certificate,
                key,
                "test public CA",
                List.of("local-1.statemesh.localhost"),
                Duration.ofDays(3650),
                Clock.systemUTC(),
                new SecureRandom());
        config = new RouterConfig(
                kubeconfig,
                List.of("127.0.0.1:0"),
                List.of("127.0.0.1:0"),
                List.of("127.0.0.1:0"),
                null,
                certificate,
                key,
                folder.resolve("state"),
                folder.resolve("access.log"),
                LOOPS,
                limits);
        start();
    }

    private void start() {
        router = Router.start(
                config,
                new RouterEnvironment(
                        clock,
                        () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()),
                        new SecureRandom(),
                        false,
                        watches,
                        natives));
    }

    void restart(Runnable whileItIsDown) {
        router.close();
        whileItIsDown.run();
        start();
    }

    Router router() {
        return router;
    }

    int port() {
        return router.httpsAddresses().getFirst().getPort();
    }

    int plainPort() {
        return router.plainAddresses().getFirst().getPort();
    }

    int httpPort() {
        return router.httpAddresses().getFirst().getPort();
    }

    /** All paths of {@link #SHOP} go to these local ports. */
    void route(int... backendPorts) {
        route("shop", Balancing.ROUND_ROBIN, backendPorts);
    }

    void route(String application, Balancing balancing, int... backendPorts) {
        List<Endpoint> endpoints = endpoints(backendPorts);
        String host = application + "-abcde.local-1.statemesh.localhost";
        apply(new ApplicationRoutes(
                "default",
                application,
                1,
                List.of(new ApplicationRoutes.PathClaim(host, "/", false, 80, balancing, endpoints)),
                endpoints));
    }

    static List<Endpoint> endpoints(int... ports) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int port : ports) {
            endpoints.add(new Endpoint("127.0.0.1", port, "replica-" + port));
        }
        return endpoints;
    }

    void apply(ApplicationRoutes... routes) {
        router.routes().apply(ZONE, List.of(routes), List.of());
    }

    /** The node of one replica of {@link #SHOP} is dead; the others stay. */
    void lose(int lostPort, int... alivePorts) {
        List<Endpoint> alive = endpoints(alivePorts);
        ApplicationRoutes left = new ApplicationRoutes(
                "default",
                "shop",
                1,
                List.of(new ApplicationRoutes.PathClaim(SHOP, "/", false, 80, Balancing.ROUND_ROBIN, alive)),
                alive);
        router.routes().apply(ZONE, List.of(left), List.of(), Set.copyOf(endpoints(lostPort)));
    }

    /** Lets time pass as the router sees it, one sweep a second. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            router.sweep();
        }
        router.settle();
    }

    Backend backend(Backend.Script script) {
        Backend backend = Backend.start(script);
        resources.add(backend);
        return backend;
    }

    /** Accepts nothing until it is told to. */
    Backend backendThatIsDeaf(Backend.Script script) {
        Backend backend = Backend.deaf(script);
        resources.add(backend);
        return backend;
    }

    /** A counter or gauge of the admin listener. */
    long metric(String name) throws IOException {
        InetSocketAddress admin = router.adminAddress();
        String url = "http://%s:%d/metrics".formatted(admin.getHostString(), admin.getPort());
        String text;
        try (InputStream answer = java.net.URI.create(url).toURL().openStream()) {
            text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
        return text.lines()
                .filter(line -> line.startsWith("statemesh_ingress_" + name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    RawClient connect() {
        return connect(SHOP);
    }

    /** A TLS connection of HTTP/1.1 that trusts only the test's CA. */
    RawClient connect(String serverName) {
        RawClient client = RawClient.tls(port(), serverName, sslContext());
        resources.add(client);
        return client;
    }

    SSLContext sslContext() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient httpClient(HttpClient.Version version) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(sslContext())
                .version(version)
                .build();
        resources.add(client);
        return client;
    }

    java.net.URI uri(String path) {
        return java.net.URI.create("https://" + SHOP + ":" + port() + path);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        router.close();
    }
}
