// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The router without its native libraries, as on a machine for which there are none. */
class RouterFallbackTest {
    private static final int CLIENTS = 20;
    private static final int LARGE_BYTES = 3 << 20;

    @TempDir
    private Path folder;

    private RouterFixture fixture;

    @AfterEach
    void stop() {
        fixture.close();
    }

    static Stream<Arguments> combinations() {
        return Stream.of(new Natives(false, false), new Natives(false, true), new Natives(true, false))
                .flatMap(natives -> Stream.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)
                        .map(version -> Arguments.of(natives, version)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void manyClientsAtOnceAreServed(Natives natives, HttpClient.Version version) {
        fixture = new RouterFixture(folder, Limits.DEFAULTS, natives);
        fixture.route(fixture.backend(Backend.echoing()).port());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

        for (int i = 0; i < CLIENTS; i++) {
            HttpClient client = fixture.httpClient(version);
            for (int request = 0; request < 3; request++) {
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(fixture.uri("/" + i))
                                .POST(BodyPublishers.ofString("body " + i))
                                .build(),
                        BodyHandlers.ofString()));
            }
        }

        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).join();
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).startsWith("POST /" + i / 3 + " ").endsWith("body " + i / 3);
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void largeAnswersArriveWhole(Natives natives, HttpClient.Version version) throws Exception {
        fixture = new RouterFixture(folder, Limits.DEFAULTS, natives);
        String large = "0123456789abcdef".repeat(LARGE_BYTES / 16);
        fixture.route(fixture.backend(Backend.answering(large)).port());

        HttpResponse<String> answer = fixture.httpClient(version)
                .send(HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo(large);
    }
}
