// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests and answers whose end two parsers could see in different places, byte by byte over a socket: a replica must never see the
 * second request that hides in them, and the connection must end, because nobody knows any more what is in it.
 */
class RouterSmugglingTest {
    private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\n\r\n";

    @TempDir
    private Path folder;

    private RouterFixture fixture;
    private Backend backend;

    @BeforeEach
    void start() {
        fixture = new RouterFixture(folder);
        backend = fixture.backend(Backend.echoing());
        fixture.route(backend.port());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 0\r\nContent-Length: 44\r\n",
                "Content-Length: 0, 44\r\n",
                "Content-Length: +0\r\n",
                "Content-Length : 0\r\n",
                "Content-Length: 0\n",
                "X: y\n",
                "X: y\r\n folded: z\r\n",
                "X: y\r\n\tTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "X: a\rTransfer-Encoding: chunked\r\n"
            })
    void headThatCouldBeReadInTwoWaysIsRefused(String fields) {
        RawClient client = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\n" + fields + "\r\n0\r\n\r\n" + HIDDEN);
        RawClient.Answer answer = client.read();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).as("nothing else is answered").isTrue();
        assertThat(backend.requests.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x3\r\nabc\r\n",
                "3\nabc\r\n",
                "3 \r\nabc\r\n",
                "-1\r\nabc\r\n",
                "\r\nabc\r\n",
                "3\r\nabcd\r\n",
                "3\r\nabc\n",
                "3;a=\nb\r\nabc\r\n",
                "ffffffffffffffffff\r\nabc\r\n",
                "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n",
                "3\r\nabc\r\n0\n\n"
            })
    void chunkThatIsMalformedCutsTheRequest(String chunks) {
        RawClient client = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunks + "0\r\n\r\n" + HIDDEN);

        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(fixture.connect().get("/next").read().body())
                .as("what the replica has of the bad request is not taken for the beginning of the next")
                .startsWith("GET /next ");
        assertThat(backend.heads).noneMatch(head -> head.contains("smuggled"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
            })
    void answerThatCouldBeReadInTwoWaysIsABadGateway(String answer) {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write(answer);
                    connection.readHead();
                })
                .port());

        assertThat(fixture.connect().get("/").read().status()).isEqualTo(502);
    }

    @Test
    void bytesBehindAnAnswerAreNobodysAnswer() {
        Backend generous = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
            connection.readHead();
        });
        fixture.route(generous.port());
        RawClient client = fixture.connect();

        assertThat(client.get("/").read().body()).isEqualTo("first");
        assertThat(client.get("/").read().body()).isEqualTo("first");
        assertThat(generous.connections.get())
                .as("the connection was not used again")
                .isEqualTo(2);
    }
}
