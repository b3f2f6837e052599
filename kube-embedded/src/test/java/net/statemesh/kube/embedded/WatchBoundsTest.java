// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches that are too slow or too late. */
class WatchBoundsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int BIG_BYTES = 900_000;
    private static final int UPDATES = 24;

    private static TestZone zone;

    @BeforeAll
    static void start(@TempDir Path folder) {
        zone = TestZone.start(folder);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void slowWatcherIsCutOffAndMayGoOnWhereItWas() throws IOException {
        String created = zone.post(MAPS, map("slow", "first")).at("/metadata/resourceVersion");
        try (SSLSocket socket = (SSLSocket) zone.tls(TestZone.ADMIN)
                .getSocketFactory()
                .createSocket("127.0.0.1", zone.server().port())) {
            socket.getOutputStream()
                    .write(("GET " + MAPS + "?watch=true&fieldSelector=metadata.name%3Dslow&resourceVersion=" + created
                                    + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).contains(" 200 ");
            for (int i = 0; i < UPDATES; i++) {
                update("slow", i);
            }
            // reading begins only now: the server has not kept 20 MB for this client, and has ended the body
            int events = 0;
            for (String line = in.readLine(); !line.equals("0"); line = in.readLine()) {
                events += line.startsWith("{\"type\":\"MODIFIED\"") ? 1 : 0;
            }
            assertThat(events).isLessThan(UPDATES);
        }
        assertThat(zone.get(MAPS + "/slow").at("/data/n")).isEqualTo(Integer.toString(UPDATES - 1));
    }

    @Test
    void watchFromBeforeWhatIsRememberedIsGone() throws IOException {
        String old = zone.post(MAPS, map("old", "first")).at("/metadata/resourceVersion");
        for (int i = 0; i < UPDATES; i++) {
            update("old", i);
        }
        try (TestWatch watch = zone.watch(MAPS + "?resourceVersion=" + old)) {
            JsonNode error = watch.next();
            assertThat(error.path("type").asText()).isEqualTo("ERROR");
            assertThat(error.at("/object/code").asInt()).isEqualTo(410);
            assertThat(error.at("/object/message").asText()).contains("too old resource version: " + old);
        }
    }

    private static void update(String name, int number) {
        assertThat(zone.patch(MAPS + "/" + name, "application/merge-patch+json", map(name, Integer.toString(number)))
                        .code())
                .isEqualTo(200);
    }

    private static String map(String name, String number) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"n\":\"" + number + "\",\"big\":\""
                + "x".repeat(BIG_BYTES) + "\"}}";
    }
}
