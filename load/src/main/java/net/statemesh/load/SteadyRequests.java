// SPDX-License-Identifier: Apache-2.0
package net.statemesh.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A GET so many times a second over a bounded number of kept HTTP/1.1 connections. The next one is due whatever becomes of those
 * before, and its time counts from then: who waits for the answer would send nothing while nothing is answered, and count too few
 * failures.
 */
public final class SteadyRequests implements AutoCloseable {
    /** Requests that are due wait while so many are under way. */
    public static final int MAX_CONNECTIONS = 64;
    /** With so many waiting, the next one is given up at once, and counts as failed. */
    public static final int MAX_WAITING = 4_000;
    /** An answer that takes longer counts as none. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Due(Instant at, long nanos) {
        Outcome ended(int status, String trouble) {
            return new Outcome(at, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos), status, trouble);
        }
    }

    private final HttpClient client;
    private final HttpRequest request;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Due> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("steady-requests").daemon().factory());

    /**
     * Starts at once.
     *
     * @param authority PEM file with the certificates that are trusted
     */
    public SteadyRequests(URI url, Path authority, int perSecond) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .sslContext(trusting(authority))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        Future<?> _ = pace.scheduleAtFixedRate(this::due, 0, NANOS_PER_SECOND / perSecond, TimeUnit.NANOSECONDS);
    }

    private void due() {
        Due next = new Due(Instant.now(), System.nanoTime());
        if (!waiting.offer(next)) {
            outcomes.add(next.ended(0, MAX_WAITING + " requests wait"));
        }
        send();
    }

    private void send() {
        while (!waiting.isEmpty() && connections.tryAcquire()) {
            Due next = waiting.poll();
            if (next == null) {
                connections.release();
            } else {
                Future<?> _ = client.sendAsync(request, BodyHandlers.discarding())
                        .whenComplete((answer, failure) -> {
                            outcomes.add(
                                    failure == null
                                            ? next.ended(answer.statusCode(), "")
                                            : next.ended(0, String.valueOf(failure)));
                            connections.release();
                            send();
                        });
            }
        }
    }

    /** Trusts the certificates in this PEM file and no others. */
    public static SSLContext trusting(Path authority) {
        try (InputStream file = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(authority + " holds no certificates that can be trusted", e);
        }
    }

    /** Of all requests that have ended, in the order of their ends. */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Those of them that were not answered with 200. */
    public List<Outcome> failures() {
        return outcomes.stream().filter(Outcome::failed).toList();
    }

    /** Answered with 200. */
    public long answered() {
        return outcomes.stream().filter(outcome -> !outcome.failed()).count();
    }

    /** From now on nothing more is due; waits until every request has ended. */
    public void finish() throws InterruptedException {
        pace.close();
        do {
            connections.acquire(MAX_CONNECTIONS);
            connections.release(MAX_CONNECTIONS);
            send();
        } while (connections.availablePermits() < MAX_CONNECTIONS);
    }

    @Override
    public void close() {
        pace.shutdownNow();
        client.shutdownNow();
    }
}
