// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 in front, spoken by the JDK's own client; HTTP/1.1 behind. */
class RouterHttp2Test {
    @TempDir
    private Path folder;

    private RouterFixture fixture;
    private HttpClient client;

    @BeforeEach
    void start() {
        fixture = new RouterFixture(folder);
        client = fixture.httpClient(HttpClient.Version.HTTP_2);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void requestIsPassedOnAsHttp1() throws Exception {
        fixture.route(fixture.backend(Backend.echoing()).port());

        HttpResponse<String> response = client.send(
                request("/a?b=c").header("X-Forwarded-For", "6.6.6.6").build(), BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("GET /a?b=c HTTP/1.1\r\nhost: " + RouterFixture.SHOP)
                .contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "X-Request-Id: ")
                .doesNotContain("6.6.6.6");
    }

    @Test
    void bodiesOfKnownAndUnknownLengthPass() throws Exception {
        fixture.route(fixture.backend(Backend.echoing()).port());

        String known = client.send(
                        request("/").POST(BodyPublishers.ofString("known")).build(), BodyHandlers.ofString())
                .body();
        String unknown = client.send(
                        request("/")
                                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("unknown")))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(known).containsIgnoringCase("content-length: 5").endsWith("\r\n\r\nknown");
        assertThat(unknown).contains("transfer-encoding: chunked").endsWith("\r\n\r\nunknown");
    }

    @Test
    void manyStreamsOfOneConnectionAreServedAtOnce() {
        fixture.route(fixture.backend(Backend.answering("hello")).port());
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            responses.add(client.sendAsync(request("/" + i).build(), BodyHandlers.ofString()));
        }

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.join().body()).isEqualTo("hello"));
    }

    @Test
    void chunkedAnswerLosesItsFraming() throws Exception {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n3\r\nabc\r\n");
                    connection.write("2;x=y\r\nde\r\n0\r\nSum: 5\r\n\r\n");
                    connection.readHead();
                })
                .port());

        HttpResponse<String> response = client.send(request("/").build(), BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("abcde");
        assertThat(response.headers().map()).doesNotContainKeys("connection", "transfer-encoding");
    }

    @Test
    void pagesOfTheRouterAreAnswersToo() throws Exception {
        fixture.route();

        HttpResponse<String> response =
                client.send(request("/").header("Accept", "application/json").build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("SM-INGRESS-103");
    }

    @Test
    void replicaThatDiesInItsAnswerResetsTheStream() throws Exception {
        Backend backend = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
        });
        fixture.route(backend.port());

        assertThatThrownBy(() -> client.send(request("/").build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);

        fixture.route(fixture.backend(Backend.answering("next")).port());
        assertThat(client.send(request("/").build(), BodyHandlers.ofString()).body())
                .isEqualTo("next");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(fixture.uri(path));
    }
}
