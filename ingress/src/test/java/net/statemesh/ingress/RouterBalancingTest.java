// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.statemesh.ingress.route.Balancing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which replica gets a request. */
class RouterBalancingTest {
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
    void portThatNobodyListensOnIsNamed() throws IOException {
        int port = unusedPort();
        fixture.route(port);

        RawClient.Answer answer = fixture.connect().get("/").read();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("nobody listens on its port " + port);
    }

    @Test
    void replicaThatCannotBeReachedIsPassedOver() throws IOException {
        Backend backend = fixture.backend(Backend.answering("alive"));
        fixture.route(unusedPort(), unusedPort(), backend.port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 6; i++) {
            assertThat(client.get("/").read().body()).isEqualTo("alive");
        }
    }

    @Test
    void requestThatIsSentAgainGoesByTheRoutesOfThatMoment() {
        CountDownLatch routesChanged = new CountDownLatch(1);
        Backend leaving = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
            connection.readHead();
            awaitQuietly(routesChanged);
        });
        Backend coming = fixture.backend(Backend.answering("new"));
        fixture.route(leaving.port());
        RawClient client = fixture.connect();
        assertThat(client.get("/").read().body()).isEqualTo("old");
        client.get("/");
        await().until(() -> leaving.requests.get() == 2);

        fixture.route(coming.port());
        routesChanged.countDown();

        assertThat(client.read().body()).isEqualTo("new");
        assertThat(leaving.connections).hasValue(1);
    }

    @Test
    void requestThatIsSentAgainFindsItsApplicationGone() {
        CountDownLatch routesChanged = new CountDownLatch(1);
        Backend leaving = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
            connection.readHead();
            awaitQuietly(routesChanged);
        });
        fixture.route(leaving.port());
        RawClient client = fixture.connect();
        assertThat(client.get("/").read().body()).isEqualTo("old");
        client.get("/");
        await().until(() -> leaving.requests.get() == 2);

        fixture.router().routes().apply(RouterFixture.ZONE, List.of(), List.of("default/shop"));
        routesChanged.countDown();

        assertThat(client.read().status()).isEqualTo(503);
        assertThat(leaving.connections).hasValue(1);
    }

    @Test
    void requestsThatWaitForAReplicaWhoseNodeDiesAreAnsweredByAnother() {
        CountDownLatch never = new CountDownLatch(1);
        Backend dead = fixture.backend(connection -> {
            connection.readHead();
            awaitQuietly(never);
        });
        Backend alive = fixture.backend(Backend.answering("alive"));
        fixture.route(dead.port(), alive.port());
        RawClient harmless = fixture.connect().get("/");
        await().until(() -> dead.requests.get() == 1);
        assertThat(fixture.connect().get("/").read().body()).isEqualTo("alive");
        RawClient twiceWouldHarm = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 0\r\n\r\n");
        await().until(() -> dead.requests.get() == 2);

        fixture.lose(dead.port(), alive.port());

        assertThat(harmless.read().body()).isEqualTo("alive");
        assertThat(twiceWouldHarm.read().status()).isEqualTo(502);
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.connect().get("/").read().body()).isEqualTo("alive");
        }
        fixture.route(dead.port());
        fixture.connect().get("/");
        await().until(() -> dead.requests.get() == 3);
        never.countDown();
    }

    @Test
    void requestsBeyondTheConnectsUnderWayWaitForTheirTurn() {
        fixture.close();
        fixture = new RouterFixture(folder, connectsUnderWay(1));
        Backend backend = fixture.backend(Backend.answering("patient"));
        fixture.route(backend.port());
        HttpClient client = fixture.httpClient(HttpClient.Version.HTTP_2);
        client.sendAsync(HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString())
                .join();

        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> client.sendAsync(
                        HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString()))
                .limit(100)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("patient"));
    }

    @Test
    void onlyReplicaWhoseListenQueueIsFullIsAskedUntilThereIsRoom() throws IOException {
        fixture.close();
        fixture = new RouterFixture(folder, connectsGivenUpAfter(100));
        Backend slow = fixture.backendThatIsDeaf(Backend.answering("at last"));
        fixture.route(slow.port());
        RawClient client;
        try (Crowd _ = Crowd.before(slow.port())) {
            client = fixture.connect().get("/");
            await().until(() -> fixture.metric("connect_failures_total") > 1);
        }
        slow.accepts();

        assertThat(client.read().body()).isEqualTo("at last");
    }

    @Test
    void reachingAReplicaHasAnEnd() throws IOException {
        Backend slow = fixture.backendThatIsDeaf(Backend.answering("never"));
        fixture.route(slow.port());
        try (Crowd _ = Crowd.before(slow.port())) {
            RawClient client = fixture.connect().get("/");
            CompletableFuture<RawClient.Answer> answer = CompletableFuture.supplyAsync(client::read);

            await().until(() -> {
                fixture.pass(1);
                return answer.isDone();
            });

            assertThat(answer.join().status()).isIn(503, 504);
        }
    }

    @Test
    void waitingForAConnectionHasAnEnd() throws IOException {
        fixture.close();
        fixture = new RouterFixture(folder, connectsUnderWay(1));
        HttpClient client = fixture.httpClient(HttpClient.Version.HTTP_2);
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Crowd _ = Crowd.before(deaf.getLocalPort())) {
            fixture.route(deaf.getLocalPort());
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> client.sendAsync(
                            HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString()))
                    .limit(40)
                    .toList();

            await().until(() -> {
                fixture.pass(1);
                return answers.stream().allMatch(CompletableFuture::isDone);
            });

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isIn(503, 504));
        }
    }

    /** So many connections that nobody accepts that there is room for no other. */
    private record Crowd(List<SocketChannel> members) implements AutoCloseable {
        static Crowd before(int deafPort) throws IOException {
            List<SocketChannel> members = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                SocketChannel member = SocketChannel.open();
                member.configureBlocking(false);
                member.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), deafPort));
                members.add(member);
            }
            return new Crowd(members);
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel member : members) {
                member.close();
            }
        }
    }

    private static Limits connectsUnderWay(int most) {
        return new Limits(0, 0, 0, 0, 0, most, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Limits connectsGivenUpAfter(int millis) {
        return new Limits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, millis, 0, 0, 0, 0, 0);
    }

    @Test
    void replicasTakeTurns() {
        fixture.route(
                fixture.backend(Backend.answering("a")).port(),
                fixture.backend(Backend.answering("b")).port(),
                fixture.backend(Backend.answering("c")).port());
        RawClient client = fixture.connect();
        StringBuilder order = new StringBuilder();

        for (int i = 0; i < 6; i++) {
            order.append(client.get("/").read().body());
        }

        assertThat(order).hasToString("abcabc");
    }

    @Test
    void leastRequestsAvoidsTheBusyReplica() {
        CountDownLatch release = new CountDownLatch(1);
        Backend busy = fixture.backend(connection -> {
            connection.readHead();
            awaitQuietly(release);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        });
        Backend free = fixture.backend(Backend.answering("free"));
        fixture.route("shop", Balancing.LEAST_REQUESTS, busy.port(), free.port());
        // one connection is one event loop's matter; its first request goes to the first replica
        RawClient waiting = fixture.connect().get("/");
        await().until(() -> busy.requests.get() == 1);

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 2 * RouterFixture.LOOPS; i++) {
            RawClient client = fixture.connect();
            for (int request = 0; request < 3; request++) {
                answers.add(client.get("/").read().body());
            }
        }
        release.countDown();

        assertThat(answers).containsOnly("free");
        assertThat(waiting.read().body()).isEqualTo("slow");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
