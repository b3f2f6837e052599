// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.statemesh.api.Hostnames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.ingress.Limits;
import net.statemesh.ingress.RouterConfig;

/** The router with the JVM arguments it is shipped with, fed by a real API server. */
record RouterProcess(ProxyProcess proxy, int adminPort, Path folder) implements AutoCloseable {
    private static final String JVM = "launcher/src/main/product/jvm/ingress.args";
    private static final Duration VALIDITY = Duration.ofDays(2);
    private static final int ROUTES_WITHIN_SECONDS = 180;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * Starts it; the routes come later.
     *
     * @param folder empty; gets configuration, state and access log
     */
    static RouterProcess start(Path folder, Path kubeconfig, int loops) throws IOException {
        CertificateAuthority.create(
                        "bench public CA",
                        List.of(Hostnames.suffix(Site.ZONE)),
                        VALIDITY,
                        Clock.systemUTC(),
                        new SecureRandom())
                .store(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        RouterConfig config = new RouterConfig(
                kubeconfig,
                List.of("127.0.0.1:0"),
                List.of(),
                List.of("127.0.0.1:0"),
                null,
                folder.resolve("ca.crt"),
                folder.resolve("ca.key"),
                folder.resolve("state"),
                folder.resolve("access.log"),
                loops,
                Limits.DEFAULTS);
        Path file = Files.writeString(folder.resolve("ingress.json"), config.toJson());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("statemesh.root"), JVM));
        command.addAll(
                List.of(System.getProperty("statemesh.bench.router.jvm", "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RouterMain.class.getName()));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("router.log").toFile()))
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IOException(
                    "the router ended before it listened: " + Files.readString(folder.resolve("router.log")));
        }
        String[] ports = line.split(" ", 3);
        return new RouterProcess(
                new ProxyProcess("router", process, Integer.parseInt(ports[0]), Integer.parseInt(ports[1])),
                Integer.parseInt(ports[2]),
                folder);
    }

    /** Waits until the router has taken over so many hosts from the API server. */
    void awaitHosts(int count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/readyz"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String seen = "";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ROUTES_WITHIN_SECONDS);
            while (System.nanoTime() < deadline) {
                seen = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                if (seen.contains("routes=" + count + "\n") && seen.contains("source=api\n")) {
                    return;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            throw new IOException("the router never had " + count + " hosts: " + seen);
        }
    }

    /** The certificate that it serves for every name of the zone, chain and key in one file; it was asked for before. */
    Path wildcardPem() throws IOException {
        Path certificates = folder.resolve("state").resolve("certificates");
        String base = "_." + Hostnames.suffix(Site.ZONE);
        return Files.writeString(
                folder.resolve("wildcard.pem"),
                Files.readString(certificates.resolve(base + ".crt"))
                        + Files.readString(certificates.resolve(base + ".key")));
    }

    @Override
    public void close() {
        proxy.close();
    }
}
