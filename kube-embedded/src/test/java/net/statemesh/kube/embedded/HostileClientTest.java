// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that want the server's memory rather than its answers. */
class HostileClientTest {
    private static final String HEAD = """
            POST /api/v1/namespaces HTTP/1.1\r
            Host: x\r
            Content-Type: application/json\r
            Content-Length: 3000000\r
            \r
            """;
    private static final int PIECE_BYTES = 2_800_000;

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
    void bodyOfAStrangerIsNotRead() throws IOException {
        try (SSLSocket socket = connect("")) {
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            assertThat(firstLine(socket)).contains(" 401 ");
        }
    }

    @Test
    void bodiesOfKnownClientsShareABudget() throws IOException {
        List<SSLSocket> open = new ArrayList<>();
        try {
            String last = "";
            // 32 MiB hold eleven of these: the twelfth is told to come back
            for (int i = 0; i < 12; i++) {
                SSLSocket socket = connect(TestZone.ADMIN);
                open.add(socket);
                socket.setSoTimeout(i < 11 ? 300 : 30_000);
                last = sendPart(socket);
            }
            assertThat(last).contains(" 429 ");
        } finally {
            for (SSLSocket each : open) {
                each.close();
            }
        }
        assertThat(zone.get("/api/v1/namespaces").code()).isEqualTo(200);
    }

    @Test
    void documentOfCountlessTinyValuesIsRefused() {
        String many = "{\"metadata\":{\"name\":\"tiny\"},\"data\":{\"a\":[" + "{},".repeat(200_000) + "{}]}}";
        TestZone.Answer json = zone.post("/api/v1/namespaces/default/configmaps", many);
        assertThat(json.code()).isEqualTo(400);
        assertThat(json.message()).contains("250000");
        TestZone.Answer yaml =
                zone.call(TestZone.ADMIN, "POST", "/api/v1/namespaces/default/configmaps", "application/yaml", many);
        assertThat(yaml.code()).isEqualTo(400);
        assertThat(yaml.message()).contains("250000");
    }

    @Test
    void pathsDoNotLeadOutOfTheirPlace() {
        for (String path : List.of(
                "/api/v1/namespaces/default/configmaps/..%2f..%2fsecrets",
                "/api/v1/namespaces/..%2f..%2f/configmaps/a",
                "/api/v1/namespaces/default/../../../etc/passwd",
                "/api/v1/namespaces/default/configmaps/%00")) {
            assertThat(zone.get(path).code()).as(path).isBetween(400, 404);
        }
        assertThat(zone.post("/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"../up\"}}")
                        .code())
                .isEqualTo(422);
    }

    /** First line of the answer to a body of which the end is missing; empty when the server waits for the rest. */
    private static String sendPart(SSLSocket socket) {
        try {
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[PIECE_BYTES]);
            socket.getOutputStream().flush();
            return firstLine(socket);
        } catch (IOException e) {
            return "";
        }
    }

    private static SSLSocket connect(String user) throws IOException {
        return (SSLSocket) zone.tls(user)
                .getSocketFactory()
                .createSocket("127.0.0.1", zone.server().port());
    }

    private static String firstLine(SSLSocket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\r';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
