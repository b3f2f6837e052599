// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One request after the other, until it is closed; every answer other than 200 is kept. */
final class SteadyRequests implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong answered = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final HttpClient client;

    SteadyRequests(TestZone zone, String url) throws GeneralSecurityException, IOException {
        client = HttpClient.newBuilder()
                .sslContext(trusting(zone))
                .connectTimeout(TIMEOUT)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
        Thread.ofVirtual().start(() -> {
            while (going.get()) {
                ask(request);
            }
        });
    }

    private void ask(HttpRequest request) {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 200) {
                answered.incrementAndGet();
            } else {
                failures.add("status " + status);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            going.set(false);
        }
    }

    private static SSLContext trusting(TestZone zone) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream certificate = Files.newInputStream(zone.folder().resolve("ca.crt"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        going.set(false);
        client.close();
    }
}
