// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments under writing clients: no acknowledged write lost, none half there. */
class DurabilityTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int ROUNDS = Integer.getInteger("statemesh.durability.rounds", 5);
    private static final int WRITERS = 4;
    private static final int OBJECTS_PER_WRITER = 8;
    private static final int MAX_ACKNOWLEDGED_BEFORE_KILL = 120;

    /** The last acknowledged number and the last one sent, per object: what is stored must lie between the two. */
    private record Progress(long acknowledged, long sent) {}

    @Test
    void noAcknowledgedWriteIsLost(@TempDir Path folder) throws IOException, InterruptedException {
        long seed = Long.getLong("statemesh.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Progress> progress = new ConcurrentHashMap<>();
        try (TestZone zone = TestZone.prepare(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                Process server = launch(folder);
                try {
                    zone.pointAt(port(server));
                    verify(zone, progress, "seed " + seed + " round " + round);
                    writeUntilKilled(zone, progress, server, 1 + random.nextInt(MAX_ACKNOWLEDGED_BEFORE_KILL));
                } finally {
                    server.destroyForcibly().waitFor();
                }
            }
            Process server = launch(folder);
            try {
                zone.pointAt(port(server));
                verify(zone, progress, "seed " + seed + " at the end");
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static void writeUntilKilled(
            TestZone zone, Map<String, Progress> progress, Process server, int acknowledged)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(acknowledged);
        List<Thread> writers = java.util.stream.IntStream.range(0, WRITERS)
                .mapToObj(writer -> Thread.ofVirtual().start(() -> write(zone, progress, writer, enough)))
                .toList();
        enough.await();
        server.destroyForcibly();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Writes ever larger numbers into its objects until the server is gone. */
    private static void write(TestZone zone, Map<String, Progress> progress, int writer, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            String name = "w" + writer + "-" + i % OBJECTS_PER_WRITER;
            Progress before = progress.getOrDefault(name, new Progress(0, 0));
            long number = before.sent() + 1;
            progress.put(name, new Progress(before.acknowledged(), number));
            String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"n\":\"" + number + "\",\"again\":\""
                    + number + "\"}}";
            try {
                TestZone.Answer answer =
                        before.acknowledged() == 0 ? zone.post(MAPS, body) : zone.put(MAPS + "/" + name, body);
                if (answer.reason().equals("AlreadyExists")) {
                    answer = zone.put(MAPS + "/" + name, body);
                }
                assertThat(answer.code()).as(answer.body()::toString).isBetween(200, 201);
            } catch (UncheckedIOException e) {
                return;
            }
            progress.put(name, new Progress(number, number));
            enough.countDown();
        }
    }

    private static void verify(TestZone zone, Map<String, Progress> progress, String when) {
        progress.forEach((name, expected) -> {
            TestZone.Answer found = zone.get(MAPS + "/" + name);
            long stored = found.code() == 404 ? 0 : Long.parseLong(found.at("/data/n"));
            assertThat(stored).as("%s: %s", name, when).isBetween(expected.acknowledged(), expected.sent());
            if (stored > 0) {
                assertThat(found.at("/data/again"))
                        .as("%s whole: %s", name, when)
                        .isEqualTo(Long.toString(stored));
            }
            progress.put(name, new Progress(stored, Math.max(stored, expected.sent())));
        });
    }

    private static Process launch(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serve.class.getName(),
                        folder.toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).as("the server prints its port").isNotNull();
        return Integer.parseInt(line);
    }
}
