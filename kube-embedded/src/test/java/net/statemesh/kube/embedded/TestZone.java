// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.PemFiles;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.kube.embedded.object.Json;

/** A real server on a free port of loopback, with authorities of its own and a plain HTTP client per user. */
public final class TestZone implements AutoCloseable {
    public static final String ADMIN = "admin";

    private final Path folder;
    private final CertificateAuthority authority;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private ApiServer server;
    private int elsewhere;

    private TestZone(Path folder, CertificateAuthority authority) {
        this.folder = folder;
        this.authority = authority;
    }

    private TestZone(Path folder) {
        this.folder = folder;
        this.authority = CertificateAuthority.create(
                "test", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom());
        this.authority.store(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        issue("server", new Subject("kube"), Usage.SERVER, loopback());
        issue("kubelet-client", new Subject("statemesh:api-server"), Usage.CLIENT, AlternativeNames.NONE);
        issue(ADMIN, new Subject("admin", "system:masters"), Usage.CLIENT, AlternativeNames.NONE);
    }

    /** Starts a server whose data lie below {@code folder}. */
    public static TestZone start(Path folder) {
        TestZone zone = new TestZone(folder);
        zone.restart();
        return zone;
    }

    /** Files and identities without a running server. */
    public static TestZone prepare(Path folder) {
        return new TestZone(folder);
    }

    /** The files of a zone that another process has prepared. */
    static TestZone attach(Path folder) {
        return new TestZone(
                folder,
                CertificateAuthority.load(
                        folder.resolve("ca.crt"), folder.resolve("ca.key"), Clock.systemUTC(), new SecureRandom()));
    }

    /** Stops the server, if it runs, and starts it on the same data and, from the second time on, the same port. */
    public void restart() {
        int port = server == null ? 0 : server.port();
        if (server != null) {
            server.close();
        }
        try {
            server = ApiServer.start(config(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApiServerConfig config(int port) {
        return new ApiServerConfig(
                folder.resolve("data"),
                List.of("127.0.0.1:" + port),
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                folder.resolve("ca.crt"),
                folder.resolve("kubelet-client.crt"),
                folder.resolve("kubelet-client.key"),
                folder.resolve("ca.crt"));
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public Path folder() {
        return folder;
    }

    public ApiServer server() {
        return server;
    }

    /** Sends requests to a server that runs elsewhere on this machine. */
    void pointAt(int port) {
        elsewhere = port;
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
    }

    public String url() {
        return "https://127.0.0.1:" + (elsewhere == 0 ? server.port() : elsewhere);
    }

    public String pem(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a client certificate; the name is used with the request methods below. */
    public void user(String name, String commonName, String... groups) {
        issue(name, new Subject(commonName, List.of(groups)), Usage.CLIENT, AlternativeNames.NONE);
    }

    public Identity issue(String file, Subject subject, Usage usage, AlternativeNames names) {
        Identity identity = authority.issue(subject, names, usage, Duration.ofHours(12));
        identity.store(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        return identity;
    }

    /** Writes a kubeconfig for a user made before. */
    public Path kubeconfig(String user) {
        Path file = folder.resolve(user + ".kubeconfig");
        Identity identity = Identity.load(folder.resolve(user + ".crt"), folder.resolve(user + ".key"));
        new Kubeconfig("test", user, URI.create(url()), authority.certificate(), identity, "default").store(file);
        return file;
    }

    public Answer get(String path) {
        return call(ADMIN, "GET", path, null, null);
    }

    public Answer post(String path, String json) {
        return call(ADMIN, "POST", path, "application/json", json);
    }

    public Answer put(String path, String json) {
        return call(ADMIN, "PUT", path, "application/json", json);
    }

    public Answer delete(String path) {
        return call(ADMIN, "DELETE", path, null, null);
    }

    public Answer delete(String path, String options) {
        return call(ADMIN, "DELETE", path, "application/json", options);
    }

    public Answer patch(String path, String type, String body) {
        return call(ADMIN, "PATCH", path, type, body);
    }

    public Answer as(String user, String method, String path, String json) {
        return call(user, method, path, "application/json", json);
    }

    /** An answer: status code, headers, body as JSON. */
    public record Answer(int code, JsonNode body, HttpResponse<byte[]> response) {
        public String message() {
            return body.path("message").asText();
        }

        public String reason() {
            return body.path("reason").asText();
        }

        public String at(String pointer) {
            return body.at(pointer).asText();
        }

        public List<String> warnings() {
            return response.headers().allValues("Warning");
        }
    }

    public Answer call(String user, String method, String path, String contentType, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60));
        if (contentType != null && body != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = client(user).send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            JsonNode tree = json && response.body().length > 0
                    ? Json.parseTrusted(response.body())
                    : Json.object().put("text", new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), tree, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a watch and reads its events; close it. */
    public TestWatch watch(String path) {
        return watch(ADMIN, path);
    }

    public TestWatch watch(String user, String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url() + path + (path.contains("?") ? "&" : "?") + "watch=true"))
                .build();
        try {
            HttpResponse<InputStream> response = client(user).send(request, HttpResponse.BodyHandlers.ofInputStream());
            return new TestWatch(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client(String user) {
        return clients.computeIfAbsent(
                user,
                name -> HttpClient.newBuilder()
                        .sslContext(tls(name))
                        .connectTimeout(Duration.ofSeconds(20))
                        .build());
    }

    /** TLS of a user; an empty name shows no certificate. */
    public SSLContext tls(String user) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            if (!user.isEmpty()) {
                keys.setKeyEntry(
                        "me",
                        PemFiles.readKey(folder.resolve(user + ".key")),
                        new char[0],
                        PemFiles.readCertificates(folder.resolve(user + ".crt")).toArray(new X509Certificate[0]));
            }
            KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            mine.init(keys, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority.certificate());
            TrustManagerFactory theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            theirs.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static AlternativeNames loopback() {
        return new AlternativeNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress()));
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        if (server != null) {
            server.close();
        }
    }
}
