// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import net.statemesh.load.SteadyRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The master process, API server included, is away for a while and then back, under a steady stream of requests. How long is said by
 * the system property {@code statemesh.outage.seconds}: 20 unless it is given.
 */
@Tag("acceptance")
class OutageTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PER_SECOND = 200;
    private static final int WARM = 400;
    /** Requests after the return: long enough for controllers to do what they should not. */
    private static final int AFTERWARDS = 3_000;

    private static final long OUTAGE_SECONDS = Long.getLong("statemesh.outage.seconds", 20);

    @Test
    void frozenMasterFailsNoRequestAndChangesNothingAfterwards() throws InterruptedException {
        try (TestZone zone = new TestZone()) {
            String url = zone.up().path("example").path("url").asText();
            try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
                await().atMost(LIMIT).until(() -> requests.answered() > WARM);
                List<String> before = objects(zone);
                List<String> containers = Replicas.containers(zone);
                long sent = requests.outcomes().size();
                signal(zone, "-STOP");
                try {
                    await().atMost(Duration.ofSeconds(OUTAGE_SECONDS + LIMIT.toSeconds()))
                            .until(() -> requests.outcomes().size() > sent + OUTAGE_SECONDS * PER_SECOND);
                } finally {
                    signal(zone, "-CONT");
                }
                await().atMost(LIMIT).until(() -> zone.statemesh("status").exitCode() == 0);
                long back = requests.outcomes().size();
                await().atMost(LIMIT).until(() -> requests.outcomes().size() > back + AFTERWARDS);
                requests.finish();
                System.out.println("outage_seconds " + OUTAGE_SECONDS + " requests "
                        + requests.outcomes().size() + " failed "
                        + requests.failures().size());
                assertThat(requests.failures()).isEmpty();
                assertThat(Replicas.containers(zone)).isEqualTo(containers);
                assertThat(objects(zone)).isEqualTo(before);
            }
        }
    }

    private static void signal(TestZone zone, String signal) {
        Shell.Result result = zone.shell().run("kill", signal, Long.toString(zone.pid("master")));
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    /** Kind, name, uid and resource version of what a master writes: the same list means that nothing was written. */
    private static List<String> objects(TestZone zone) {
        JsonNode list = TestZone.json(zone.kubectl("get", "pods,applications,releases,projects", "-A", "-o", "json")
                .out());
        return list.path("items")
                .valueStream()
                .map(object -> object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText() + " "
                        + object.at("/metadata/uid").asText() + " "
                        + object.at("/metadata/resourceVersion").asText())
                .sorted()
                .toList();
    }
}
