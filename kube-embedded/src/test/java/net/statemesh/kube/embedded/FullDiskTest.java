// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data lie on a file system that fills up: a tmpfs in a mount namespace of the server's own. */
class FullDiskTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int OBJECT_BYTES = 200_000;
    private static final int MORE_THAN_FIT = 100;

    @Test
    void fullDiskRefusesWritesAndNothingElse(@TempDir Path folder) throws IOException, InterruptedException {
        try (TestZone zone = TestZone.prepare(folder)) {
            Path data = Files.createDirectories(folder.resolve("data"));
            Process server = launch(folder, data);
            try {
                zone.pointAt(Integer.parseInt(
                        server.inputReader(StandardCharsets.UTF_8).readLine()));
                List<String> acknowledged = new ArrayList<>();
                TestZone.Answer last = fill(zone, acknowledged);
                assertThat(last.code()).isEqualTo(507);
                assertThat(last.message()).contains("was not stored", "free disk space and try again");
                assertThat(acknowledged).isNotEmpty();
                assertThat(zone.get(MAPS).body().path("items").findValuesAsText("name"))
                        .containsExactlyInAnyOrderElementsOf(acknowledged);
                assertThat(zone.get("/readyz").code()).isEqualTo(503);
                // as seen from outside: the server's root is its own view of the mounts
                Files.delete(Path.of("/proc", Long.toString(server.pid()), "root" + data, "ballast"));
                assertThat(zone.post(MAPS, map("after")).code()).isEqualTo(201);
                assertThat(zone.get("/readyz").code()).isEqualTo(200);
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    /** Writes until a write is refused; answers the refusal. */
    private static TestZone.Answer fill(TestZone zone, List<String> acknowledged) {
        for (int i = 0; i < MORE_THAN_FIT; i++) {
            TestZone.Answer answer = zone.post(MAPS, map("m" + i));
            if (answer.code() != 201) {
                return answer;
            }
            acknowledged.add("m" + i);
        }
        throw new AssertionError("the disk took " + MORE_THAN_FIT + " objects");
    }

    private static String map(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"" + "x".repeat(OBJECT_BYTES) + "\"}}";
    }

    private static Process launch(Path folder, Path data) throws IOException {
        String serve = String.join(
                " ",
                "mount -t tmpfs -o size=12m none '" + data + "'",
                "&& head -c 6000000 /dev/zero > '" + data + "/ballast'",
                "&& exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "'",
                "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "-cp '" + System.getProperty("java.class.path") + "'",
                Serve.class.getName(),
                "'" + folder + "' 0");
        return new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", serve)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
