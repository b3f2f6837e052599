// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterHttp1Test {
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
    void requestsOfOneConnectionAreAnsweredInTurn() {
        Backend backend = fixture.backend(Backend.answering("hello"));
        fixture.route(backend.port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 3; i++) {
            RawClient.Answer answer = client.get("/").read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
        }
        assertThat(backend.connections.get()).as("one connection is reused").isEqualTo(1);
    }

    @Test
    void pipelinedRequestsKeepTheirOrder() {
        fixture.route(fixture.backend(Backend.echoing()).port());
        RawClient client = fixture.connect();

        client.send(
                "GET /1 HTTP/1.1\r\nHost: %1$s\r\n\r\nGET /2 HTTP/1.1\r\nHost: %1$s\r\n\r\nGET /3 HTTP/1.1\r\nHost: %1$s\r\n\r\n"
                        .formatted(RouterFixture.SHOP));

        assertThat(client.read().body()).startsWith("GET /1 ");
        assertThat(client.read().body()).startsWith("GET /2 ");
        assertThat(client.read().body()).startsWith("GET /3 ");
    }

    @Test
    void replicaSeesWhoAsksAndNothingForged() {
        fixture.route(fixture.backend(Backend.echoing()).port());

        String seen = fixture.connect()
                .send(
                        "GET /x?y=z HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\n"
                                + "X-Forwarded-For: 6.6.6.6\r\nx_forwarded_for: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"
                                + "X-Forwarded-Proto: gopher\r\nX-Real-IP: 6.6.6.6\r\nX-Request-Id: known-id-1234\r\n"
                                + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nCookie: a=b\r\n\r\n")
                .read()
                .body();

        assertThat(seen).startsWith("GET /x?y=z HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\n");
        assertThat(seen)
                .contains("X-Forwarded-For: 127.0.0.1\r\n")
                .contains("X-Forwarded-Proto: https\r\n")
                .contains("X-Forwarded-Port: " + fixture.port() + "\r\n")
                .contains("X-Forwarded-Host: " + RouterFixture.SHOP + "\r\n")
                .contains("X-Request-Id: known-id-1234\r\n")
                .contains("Cookie: a=b\r\n")
                .doesNotContain("6.6.6.6", "gopher", "X-Hop", "Keep-Alive", "TE:", "Connection");
    }

    @Test
    void plainListenerAnswersWithoutTls() {
        fixture.route(fixture.backend(Backend.echoing()).port());

        RawClient.Answer answer = RawClient.plain(fixture.plainPort()).get("/x").read();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("X-Forwarded-Proto: http\r\n")
                .contains("X-Forwarded-Port: " + fixture.plainPort() + "\r\n");
    }

    @Test
    void requestIdThatIsNoGoodIsReplaced() {
        fixture.route(fixture.backend(Backend.echoing()).port());

        String seen = fixture.connect()
                .send("GET / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nX-Request-Id: <script>\r\n\r\n")
                .read()
                .body();

        assertThat(seen).doesNotContain("script").containsPattern("X-Request-Id: [0-9a-f]{32}\r\n");
    }

    @Test
    void headInPiecesIsTheSameRequest() {
        fixture.route(fixture.backend(Backend.echoing()).port());
        RawClient client = fixture.connect();
        String request = "POST /p HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 3\r\n\r\nabc";

        request.chars().forEach(c -> client.send(String.valueOf((char) c)));

        assertThat(client.read().body()).startsWith("POST /p HTTP/1.1").endsWith("\r\n\r\nabc");
    }

    @Test
    void chunkedBodiesAndTrailersPassBothWays() {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    String body = connection.readBody();
                    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n"
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nSum: 7\r\n\r\n");
                    connection.readHead();
                })
                .port());

        RawClient.Answer answer = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n5\r\npedia\r\n0\r\nCheck: 1\r\n\r\n")
                .read();

        assertThat(answer.body()).isEqualTo("wikipedia|Check: 1|Sum: 7");
    }

    @Test
    void continueIsPassedOnBeforeTheBody() {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 100 Continue\r\n\r\n");
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + connection.readBody());
                })
                .port());
        RawClient client = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP
                        + "\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");

        assertThat(client.read().status()).isEqualTo(100);
        assertThat(client.send("abc").read().body()).isEqualTo("abc");
    }

    @Test
    void http10ClientGetsAPlainBodyAndTheEnd() {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
                    connection.readHead();
                })
                .port());

        RawClient client = fixture.connect().send("GET / HTTP/1.0\r\nHost: " + RouterFixture.SHOP + "\r\n\r\n");
        RawClient.Answer answer = client.read();

        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.body()).isEqualTo("abc");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void answerUntilCloseEndsWithTheConnection() {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.0 200 OK\r\n\r\nall of it");
                })
                .port());

        RawClient.Answer answer = fixture.connect().get("/").read();

        assertThat(answer.head()).startsWith("HTTP/1.1 200 OK").containsIgnoringCase("Connection: close");
        assertThat(answer.body()).isEqualTo("all of it");
    }

    @Test
    void headAndEmptyAnswersHaveNoBody() throws IOException {
        fixture.route(fixture.backend(connection -> {
                    while (connection.readHead() != null) {
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    }
                })
                .port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 2; i++) {
            client.send("HEAD / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\n\r\n");
            assertThat(client.readHead()).contains("Content-Length: 1000");
        }
    }

    @Test
    void unknownHostGetsAPageThatSaysSo() {
        RawClient client = fixture.connect("other.local-1.statemesh.localhost");

        RawClient.Answer page = client.send("GET / HTTP/1.1\r\nHost: other.local-1.statemesh.localhost\r\n\r\n")
                .read();

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("SM-INGRESS-101", page.header("X-Request-Id"), "statemesh apps list");
    }

    @Test
    void programsGetJson() {
        fixture.route();

        RawClient.Answer answer = fixture.connect()
                .send("GET / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nAccept: application/json\r\n\r\n")
                .read();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body())
                .startsWith("{\"code\":\"SM-INGRESS-103\",\"status\":503")
                .contains(answer.header("X-Request-Id"));
    }

    @Test
    void connectionThatTheReplicaClosedMeanwhileIsReplaced() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            // the next request is read and left without an answer
            connection.readHead();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/").read().body()).isEqualTo("ok");
        }
        assertThat(backend.connections.get()).isEqualTo(3);
    }

    @Test
    void requestIsSentOnceMoreAndNotAgain() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            if (connection.isFirst()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                connection.readHead();
            }
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect();
        assertThat(client.get("/").read().status()).isEqualTo(200);

        assertThat(client.get("/").read().status()).isEqualTo(502);
        assertThat(backend.requests.get())
                .as("the first, its end, and one more")
                .isEqualTo(3);
    }

    @Test
    void requestWhoseBodyIsGoneIsNotSentTwice() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.readHead();
            connection.readBody();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect();
        assertThat(client.get("/").read().status()).isEqualTo(200);

        client.send("PUT / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 1\r\n\r\nx");

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(backend.requests.get()).isEqualTo(2);
    }

    @Test
    void hintsBeforeTheAnswerReachNewClientsOnly() {
        Backend.Script script = connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.readHead();
        };
        fixture.route(fixture.backend(script).port());

        RawClient now = fixture.connect().get("/");
        assertThat(now.read().head()).startsWith("HTTP/1.1 103").contains("Link: </a.css>");
        assertThat(now.read().body()).isEqualTo("ok");

        RawClient old = fixture.connect().send("GET / HTTP/1.0\r\nHost: " + RouterFixture.SHOP + "\r\n\r\n");
        assertThat(old.read().status()).isEqualTo(200);
    }

    @Test
    void http10ClientMayKeepItsConnection() {
        Backend backend = fixture.backend(Backend.answering("hello"));
        fixture.route(backend.port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 2; i++) {
            RawClient.Answer answer = client.send(
                            "GET / HTTP/1.0\r\nHost: " + RouterFixture.SHOP + "\r\nConnection: keep-alive\r\n\r\n")
                    .read();
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.header("Connection")).isEqualTo("keep-alive");
        }
        client.send("GET / HTTP/1.0\r\nHost: " + RouterFixture.SHOP + "\r\n\r\n")
                .read();
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void replicaOfHttp10IsAnsweredForOnce() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.readHead();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect();

        for (int i = 0; i < 2; i++) {
            assertThat(client.get("/").read().head()).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(backend.connections.get()).as("connections of HTTP/1.0 end").isEqualTo(2);
    }

    @Test
    void requestThatMayHaveTakenEffectIsNotSentTwice() {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.readHead();
            connection.readBody();
        });
        fixture.route(backend.port());
        RawClient client = fixture.connect();
        assertThat(client.get("/").read().status()).isEqualTo(200);

        client.send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 1\r\n\r\nx");

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(backend.requests.get()).isEqualTo(2);
    }

    @Test
    void replicaThatDiesInItsAnswerIsNoticed() {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                })
                .port());

        RawClient client = fixture.connect().get("/");

        assertThat(client.read().body()).as("cut, not padded").isEqualTo("only this");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void answerThatIsNoHttpIsABadGateway() {
        fixture.route(fixture.backend(connection -> connection.write("SSH-2.0-OpenSSH_9.2\r\n"))
                .port());

        assertThat(fixture.connect().get("/").read().status()).isEqualTo(502);
    }

    @Test
    void headersBeyondTheLimitAreRefused() {
        RawClient flood = fixture.connect();
        flood.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(101) + "\r\n");
        RawClient large = fixture.connect();
        large.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(33_000));
        RawClient target = fixture.connect();
        target.send("GET /" + "y".repeat(33_000));

        assertThat(flood.read().status()).isEqualTo(431);
        assertThat(large.read().status()).isEqualTo(431);
        assertThat(target.read().status()).isEqualTo(414);
    }
}
