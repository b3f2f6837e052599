// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.statemesh.ingress.route.ApplicationRoutes;
import net.statemesh.ingress.route.Balancing;
import net.statemesh.ingress.route.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, driven by the test's clock. */
class RouterTimeTest {
    private static final Limits LIMITS = Limits.DEFAULTS;

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
    void idleConnectionIsClosed() {
        fixture.route(fixture.backend(Backend.answering("x")).port());
        RawClient client = fixture.connect();
        client.get("/").read();

        fixture.pass(LIMITS.keepAliveSeconds() - 1);
        assertThat(client.get("/").read().status()).as("not yet").isEqualTo(200);
        fixture.pass(LIMITS.keepAliveSeconds() + 1);

        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void headThatDripsIsCutOff() {
        fixture.route(fixture.backend(Backend.answering("x")).port());
        RawClient client = fixture.connect();
        client.get("/").read();
        client.send("GET / HTTP/1.1\r\nX");
        CompletableFuture<RawClient.Answer> answer = CompletableFuture.supplyAsync(client::read);

        await().until(() -> {
            fixture.pass(1);
            return answer.isDone();
        });

        assertThat(answer.join().status()).isEqualTo(408);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void bodyThatStallsIsCutOff() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.in.readAllBytes();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 100\r\n\r\nonly this");
        await().until(() -> backend.requests.get() == 1);

        fixture.pass(LIMITS.bodyIdleSeconds() + 1);

        assertThat(client.read().status()).isEqualTo(408);
    }

    @Test
    void replicaThatDoesNotAnswerIsATimeout() {
        CountDownLatch end = new CountDownLatch(1);
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.in.readAllBytes();
            end.countDown();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect().get("/");
        await().until(() -> backend.requests.get() == 1);

        fixture.pass(LIMITS.responseSeconds());
        RawClient.Answer answer = client.read();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("did not answer in " + LIMITS.responseSeconds() + " s");
        await().until(() -> end.getCount() == 0);
        assertThat(client.get("/").socket.isClosed())
                .as("the client's connection lives on")
                .isFalse();
    }

    @Test
    void replicaThatNeverReadsIsATimeoutAndComesLastForAWhile() throws Exception {
        int responseSeconds = 10;
        fixture.close();
        fixture = new RouterFixture(
                folder, new Limits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, responseSeconds, 0, 0, 0, 0, 0, 0, 0, 0));
        CountDownLatch end = new CountDownLatch(1);
        Backend frozen = fixture.backend(connection -> {
            connection.readHead();
            awaitQuietly(end);
        });
        Backend healthy = fixture.backend(Backend.answering("healthy"));
        fixture.route(frozen.port(), healthy.port());
        RawClient client = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 1000000000\r\n\r\n");
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread upload = Thread.ofVirtual().start(() -> {
            byte[] block = new byte[64 << 10];
            try {
                while (writing.get()) {
                    client.socket.getOutputStream().write(block);
                }
            } catch (java.io.IOException closed) {
                writing.set(false);
            }
        });
        CompletableFuture<RawClient.Answer> answer = CompletableFuture.supplyAsync(client::read);

        // a second at a time: the replica is avoided for some seconds only
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    fixture.pass(1);
                    return answer.isDone();
                });
        writing.set(false);

        assertThat(answer.join().status()).isEqualTo(504);
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.connect().get("/").read().body()).isEqualTo("healthy");
        }
        end.countDown();
        client.close();
        upload.join();
    }

    @Test
    void requestInFlightToAReplicaThatEndedMayFinish() {
        CountDownLatch answer = new CountDownLatch(1);
        Backend ending = fixture.backend(connection -> {
            connection.readHead();
            awaitQuietly(answer);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
            connection.readHead();
        });
        fixture.route(ending.port());
        RawClient client = fixture.connect().get("/");
        await().until(() -> ending.requests.get() == 1);

        fixture.route(fixture.backend(Backend.answering("new")).port());
        fixture.pass(LIMITS.drainSeconds() - 2);
        assertThat(fixture.connect().get("/").read().body()).isEqualTo("new");
        answer.countDown();

        assertThat(client.read().body()).isEqualTo("old");
        assertThat(client.get("/").read().body()).isEqualTo("new");
    }

    @Test
    void drainHasAnEnd() {
        Backend ending = fixture.backend(connection -> {
            connection.readHead();
            connection.in.readAllBytes();
        });
        fixture.route(ending.port());
        RawClient client = fixture.connect().get("/");
        await().until(() -> ending.requests.get() == 1);

        fixture.route();
        fixture.pass(LIMITS.drainSeconds() + 1);

        assertThat(client.read().status()).isEqualTo(502);
    }

    @Test
    void replicaThatIsOnlyNotReadyKeepsItsConnections() {
        CountDownLatch answer = new CountDownLatch(1);
        Backend slow = fixture.backend(connection -> {
            connection.readHead();
            awaitQuietly(answer);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
        });
        fixture.route(slow.port());
        RawClient client = fixture.connect().get("/");
        await().until(() -> slow.requests.get() == 1);

        List<Endpoint> alive = RouterFixture.endpoints(slow.port());
        fixture.apply(new ApplicationRoutes(
                "default",
                "shop",
                1,
                List.of(new ApplicationRoutes.PathClaim(
                        RouterFixture.SHOP, "/", false, 80, Balancing.ROUND_ROBIN, List.of())),
                alive));
        assertThat(fixture.connect().get("/").read().status()).isEqualTo(503);
        fixture.pass(LIMITS.responseSeconds() - 1);
        answer.countDown();

        assertThat(client.read().body()).isEqualTo("late");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
