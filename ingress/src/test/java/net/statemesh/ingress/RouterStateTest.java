// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.ingress.route.ApplicationRoutes;
import net.statemesh.ingress.route.Balancing;
import net.statemesh.ingress.route.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, redirects, health, limits of connections, and what survives a restart. */
class RouterStateTest {
    @TempDir
    private Path folder;

    private RouterFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RouterFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void namesBelowTheZoneShareTheWildcardCertificate() throws Exception {
        fixture.route(fixture.backend(Backend.answering("x")).port());

        assertThat(names(certificate(fixture.connect())))
                .containsExactly("*.local-1.statemesh.localhost", "local-1.statemesh.localhost");
        assertKeptPrivately("_.local-1.statemesh.localhost");
    }

    @Test
    void routedNameThatNoWildcardCoversHasItsOwnCertificate() throws Exception {
        String host = "www.shop.local-1.statemesh.localhost";
        List<Endpoint> endpoints =
                RouterFixture.endpoints(fixture.backend(Backend.answering("x")).port());
        fixture.apply(new ApplicationRoutes(
                "default",
                "shop",
                1,
                List.of(new ApplicationRoutes.PathClaim(host, "/", false, 80, Balancing.ROUND_ROBIN, endpoints)),
                endpoints));

        assertThat(names(certificate(fixture.connect(host)))).containsExactly(host);
        assertKeptPrivately(host);
    }

    private void assertKeptPrivately(String base) throws IOException {
        Path key = folder.resolve("state/certificates/" + base + ".key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void unknownNamesShareTheWildcardCertificate() throws Exception {
        assertThat(names(certificate(fixture.connect("nobody.local-1.statemesh.localhost"))))
                .containsExactly("*.local-1.statemesh.localhost", "local-1.statemesh.localhost");
        fixture.connect("nobody-2.local-1.statemesh.localhost");

        try (Stream<Path> files = Files.list(folder.resolve("state/certificates"))) {
            assertThat(files).as("a name that was made up costs no key").hasSize(2);
        }
    }

    @Test
    void certificateIsRenewedBeforeItEndsWithoutHarmToConnections() throws Exception {
        fixture.route(fixture.backend(Backend.answering("x")).port());
        // made in the past, so that both certificates hold today, when the client looks at them
        fixture.clock.advance(Duration.ofDays(-61));
        RawClient old = fixture.connect();
        X509Certificate first = certificate(old);

        fixture.clock.advance(Duration.ofDays(61));
        // served from memory once more while the new one is made behind it
        await().until(() -> !certificate(fixture.connect()).getSerialNumber().equals(first.getSerialNumber()));

        assertThat(old.get("/").read().status()).isEqualTo(200);
    }

    @Test
    void plainHttpIsSentToHttps() {
        RawClient client = RawClient.plain(fixture.httpPort());

        RawClient.Answer answer = client.send(
                        "POST /a?b=c HTTP/1.1\r\nHost: Shop.example:8080\r\nContent-Length: 1\r\n\r\nx")
                .read();

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("https://Shop.example:8443/a?b=c");
        assertThat(client.isAtEnd()).isTrue();
        assertThat(RawClient.plain(fixture.httpPort())
                        .send("GET / HTTP/1.1\nHost: a\r\n\r\n")
                        .read()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void restartedRouterServesWithTheRoutesOfItsLastRun() {
        fixture.route(fixture.backend(Backend.answering("still here")).port());

        fixture.restart(() -> {});

        assertThat(fixture.connect().get("/").read().body()).isEqualTo("still here");
    }

    @Test
    void damagedRoutesAreLeftBehind() throws Exception {
        fixture.route(fixture.backend(Backend.answering("x")).port());
        Path file = folder.resolve("state/routes.json");

        fixture.restart(() -> {
            assertThat(file).exists();
            try {
                Files.writeString(file, "{\"zone\":");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        fixture.route(fixture.backend(Backend.answering("again")).port());

        assertThat(fixture.connect().get("/").read().body()).isEqualTo("again");
    }

    @Test
    void takenPortIsNamedWithItsHolder() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RouterConfig config = new RouterConfig(
                    folder,
                    List.of("127.0.0.1:" + holder.getLocalPort()),
                    List.of(),
                    List.of(),
                    null,
                    fixture.config.publicCaCertificate(),
                    fixture.config.publicCaKey(),
                    folder.resolve("other"),
                    null,
                    1,
                    Limits.DEFAULTS);

            assertThatThrownBy(() -> Router.start(config))
                    .isInstanceOfSatisfying(
                            StateMeshException.class,
                            refused -> assertThat(refused.code()).isEqualTo(IngressErrors.PORT_TAKEN))
                    .hasMessageContaining("port " + holder.getLocalPort())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void healthAndMetricsSayWhatIsServed() throws Exception {
        fixture.route(fixture.backend(Backend.answering("x")).port());
        fixture.connect().get("/").read();

        assertThat(admin("/livez").statusCode()).isEqualTo(200);
        assertThat(admin("/readyz").statusCode()).isEqualTo(200);
        assertThat(admin("/readyz").body()).contains("ready=true", "routes=1");
        assertThat(admin("/metrics").body())
                .contains("statemesh_ingress_responses_total{status=\"2xx\"} 1\n", "statemesh_ingress_hosts 1\n");
    }

    @Test
    void connectionsOfOneAddressAreBounded() throws IOException {
        fixture.close();
        fixture =
                new RouterFixture(folder, new Limits(0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        fixture.route(fixture.backend(Backend.answering("x")).port());
        List<RawClient> accepted = List.of(fixture.connect(), fixture.connect());

        assertThat(RawClient.plain(fixture.port()).isAtEnd()).isTrue();
        assertThat(accepted)
                .allSatisfy(
                        client -> assertThat(client.get("/").read().status()).isEqualTo(200));

        accepted.getFirst().close();
        await().ignoreExceptions().until(() -> fixture.connect().get("/").read().status() == 200);
    }

    @Test
    void accessLogHasALinePerRequestWithoutQueries() throws IOException {
        fixture.route(fixture.backend(Backend.answering("hello")).port());
        fixture.connect().get("/a?token=secret").read();
        fixture.pass(1);

        Path log = folder.resolve("access.log");
        await().until(() -> Files.exists(log) && Files.size(log) > 0);
        assertThat(Files.readAllLines(log))
                .singleElement()
                .asString()
                .contains(" client=127.0.0.1 ", " method=GET ", " path=/a ", " status=200 ", " sentBytes=5 ")
                .contains(" application=default/shop ", " attempts=1")
                .doesNotContain("secret");
    }

    private HttpResponse<String> admin(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(
                    "http://127.0.0.1:" + fixture.router().adminAddress().getPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static X509Certificate certificate(RawClient client) throws IOException {
        return (X509Certificate) ((SSLSocket) client.socket).getSession().getPeerCertificates()[0];
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        List<String> names = new ArrayList<>();
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            names.add((String) name.get(1));
        }
        return names;
    }
}
