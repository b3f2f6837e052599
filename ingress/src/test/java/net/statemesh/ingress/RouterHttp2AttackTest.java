// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client of HTTP/2 may try: the connection or the stream ends with an error, replicas see none of it, and others are served.
 * Every frame goes out byte by byte as written here.
 */
@Timeout(60)
class RouterHttp2AttackTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;
    /** More than any limit allows, few enough to send in a moment. */
    private static final int MANY = 2_000;

    @TempDir
    private Path folder;

    private RouterFixture fixture;
    private Backend backend;
    private RawHttp2 client;

    @BeforeEach
    void start() throws IOException {
        fixture = new RouterFixture(folder);
        backend = fixture.backend(Backend.answering("hello"));
        fixture.route(backend.port());
        client = new RawHttp2(fixture.port(), fixture.sslContext());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        assertThat(fixture.connect().get("/").read().body())
                .as("others are served")
                .isEqualTo("hello");
        fixture.close();
    }

    @Test
    void ordinaryRequestIsAnswered() throws IOException {
        client.get(1);
        assertThat(client.body(1)).isEqualTo("hello");
    }

    /** CVE-2023-44487: streams that are opened and reset at once cost the client nothing. */
    @Test
    void rapidResetEndsTheConnection() {
        flood(stream -> client.get(stream).frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));

        assertThat(client.end()).isIn(ENHANCE_YOUR_CALM, -1);
        assertThat(backend.requests.get()).isLessThan(MANY / 2);
    }

    /** CVE-2025-8671: the client makes the router reset streams that it opens; none of them can have been answered before. */
    @Test
    void streamsThatTheRouterIsMadeToResetEndTheConnection() {
        String[] unfinished = RawHttp2.request("POST", "/");
        flood(stream ->
                client.headers(stream, false, unfinished).frame(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[4]));

        assertThat(client.end()).isIn(ENHANCE_YOUR_CALM, -1);
        assertThat(backend.requests.get()).isLessThan(MANY / 2);
    }

    /** CVE-2024-27316: a head that never ends. */
    @Test
    void continuationFloodEndsTheConnection() throws IOException {
        client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.block(RawHttp2.request("GET", "/")));
        flood(i -> client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("x-" + i, "y")));

        assertThat(client.end()).isIn(PROTOCOL_ERROR, ENHANCE_YOUR_CALM, -1);
        assertThat(backend.requests.get()).isZero();
    }

    @Test
    void emptyContinuationsEndTheConnection() throws IOException {
        client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.block(RawHttp2.request("GET", "/")));
        flood(i -> client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]));

        assertThat(client.end()).isIn(PROTOCOL_ERROR, ENHANCE_YOUR_CALM, -1);
        assertThat(backend.requests.get()).isZero();
    }

    @Test
    void headThatStallsIsCutOff() throws IOException {
        client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.block(RawHttp2.request("GET", "/")));

        fixture.pass(Limits.DEFAULTS.keepAliveSeconds() + 1);

        assertThat(client.end()).isIn(0, -1);
        assertThat(backend.requests.get()).isZero();
    }

    @Test
    void emptyDataFramesEndTheConnection() throws IOException {
        client.headers(1, false, RawHttp2.request("POST", "/"));
        flood(i -> client.frame(RawHttp2.DATA, 0, 1, new byte[0]));

        assertThat(client.end()).isIn(ENHANCE_YOUR_CALM, -1);
    }

    /** Each ping must be answered: a client that does not read the answers would fill the router's memory with them. */
    @Test
    void unreadPongsEndTheConnection() {
        flood(i -> client.frames(MANY, RawHttp2.PING, new byte[8]));

        assertThat(client.end()).isIn(ENHANCE_YOUR_CALM, -1);
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws IOException {
        String[] headers = RawHttp2.request("GET", "/", "x-large", "y".repeat(15 << 10));
        client.headers(1, true, headers);
        assertThat(client.body(1)).isEqualTo("hello");

        client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 3, RawHttp2.block(headers));
        client.frame(RawHttp2.CONTINUATION, 0, 3, RawHttp2.block("x-more", "y".repeat(15 << 10)));
        client.frame(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 3, RawHttp2.block("x-most", "y".repeat(15 << 10)));

        assertThat(answerOrReset(3)).doesNotContain("hello");
        assertThat(backend.requests.get()).isEqualTo(1);
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        String[] more = new String[2 * (Limits.DEFAULTS.maxHeaders() + 1)];
        for (int i = 0; i < more.length; i += 2) {
            more[i] = "x-" + i;
            more[i + 1] = "y";
        }
        client.headers(1, true, RawHttp2.request("GET", "/", more));

        assertThat(answerOrReset(1)).contains("431");
        assertThat(backend.requests.get()).isZero();
    }

    /** Whatever would be framing, a second request or another connection's business once it is HTTP/1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer-encoding|chunked",
                "connection|close",
                "keep-alive|1",
                "proxy-connection|close",
                "upgrade|websocket",
                "content-length|7",
                "content-length|+0",
                "x|a~b: c",
                "x|a~~GET /stolen HTTP/1.1",
                "x|a^",
                "x: y|z",
                "x y|z",
                "x~y|z",
                "X-Upper|z",
                ":path|/twice",
                ":unknown|z",
                "host|other.example",
                "''|z"
            })
    void smuggledHeadersNeverReachAReplica(String name, String value) throws IOException {
        client.headers(1, true, RawHttp2.request("GET", "/", bytes(name), bytes(value)));

        assertThat(answerOrReset(1)).doesNotContain("hello");
        assertThat(backend.requests.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET|/ HTTP/1.1~x: y",
                "GET|/a b",
                "GET|/~",
                "GET|nowhere",
                "GET|''",
                "GET /stolen HTTP/1.1~x:|/",
                "CONNECT|/",
                "G T|/",
                "''|/"
            })
    void smuggledRequestLinesNeverReachAReplica(String method, String path) throws IOException {
        client.headers(1, true, RawHttp2.request(bytes(method), bytes(path)));

        assertThat(answerOrReset(1)).doesNotContain("hello");
        assertThat(backend.requests.get()).isZero();
    }

    /** The replica would take the rest for the next request's beginning. */
    @Test
    void bodyThatDiffersFromItsLengthIsRefused() throws IOException {
        for (int i = 0; i < 2; i++) {
            int stream = 1 + 2 * i;
            client.headers(stream, false, RawHttp2.request("POST", "/", "content-length", "4"));
            client.frame(
                    RawHttp2.DATA,
                    RawHttp2.END_STREAM,
                    stream,
                    (i == 0 ? "abc" : "abcde").getBytes(StandardCharsets.US_ASCII));
            assertThat(answerOrReset(stream)).doesNotContain("hello");
        }
    }

    @Test
    void prefaceThatIsNoneIsRefused() throws IOException {
        client.close();
        client = new RawHttp2(fixture.port(), fixture.sslContext());
        client.frame(0x7f, 0xff, 0x7fffffff, new byte[16 << 10]);
        client.frame(RawHttp2.HEADERS, 0xff, 0, new byte[1]);

        assertThat(client.end()).isIn(PROTOCOL_ERROR, -1);
    }

    @Test
    void streamsBeyondTheLimitAreRefusedAndTheOthersServed() throws IOException {
        Backend waiting = fixture.backend(connection -> {
            connection.readHead();
            connection.in.readAllBytes();
        });
        fixture.route(waiting.port());
        int most = Limits.DEFAULTS.maxStreams();
        for (int i = 0; i <= most; i++) {
            client.get(1 + 2 * i);
        }

        RawHttp2.Frame refused = client.await(RawHttp2.RST_STREAM);
        assertThat(refused.stream()).isEqualTo(1 + 2 * most);
        await().until(() -> waiting.requests.get() == most);
        fixture.route(backend.port());
    }

    /** Frames until the router has closed the connection, or all of them are sent. */
    private static void flood(Wave wave) {
        try {
            for (int i = 0; i < MANY; i++) {
                wave.send(1 + 2 * i);
            }
        } catch (IOException closed) {
            // which is what is hoped for
        }
    }

    private interface Wave {
        void send(int stream) throws IOException;
    }

    /** Everything that came for a stream until its end, as text; empty when the whole connection was ended. */
    private String answerOrReset(int stream) {
        StringBuilder text = new StringBuilder();
        try {
            while (true) {
                RawHttp2.Frame frame = client.read();
                if (frame.type() == RawHttp2.GOAWAY) {
                    return "";
                }
                if (frame.stream() == stream) {
                    text.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
                    if (frame.endsStream() || frame.type() == RawHttp2.RST_STREAM) {
                        return text.toString();
                    }
                }
            }
        } catch (IOException closed) {
            return "";
        }
    }

    /** In the tables {@code ~} is CR LF and {@code ^} a bare CR. */
    private static String bytes(String text) {
        return text.replace("~", "\r\n").replace("^", "\r");
    }
}
