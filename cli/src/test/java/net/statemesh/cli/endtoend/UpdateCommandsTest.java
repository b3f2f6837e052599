// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Releases, rollbacks and drained nodes by the command lines that their owners type. */
class UpdateCommandsTest extends EndToEndFixture {
    @Test
    void failedUpdateIsRolledBackWithItsCause() throws IOException {
        deploy("keeper", "ok:1");
        Run run = run("apps", "deploy", "keeper", "--image", "crash:1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("error SM-ROLLOUT-002: 'keeper' was rolled back: it ends again and again.")
                .contains("release 2 gave way to release 1, which serves with 1 replica", "  | panic: no database");
        assertThat(run("apps", "releases", "keeper").out())
                .containsPattern("2 +RolledBack: CrashLooping +crash:1 +admin .*ok:1 → crash:1")
                .containsPattern("1 +Serving +ok:1 +admin");
        assertThat(run("apps", "deploy", "keeper", "--image", "ok:1").err()).contains("unchanged");
        JsonNode releases = new ObjectMapper()
                .readTree(run("apps", "releases", "keeper", "-o", "json").out());
        assertThat(releases).hasSize(2);
        assertThat(releases.path(0).at("/failure/logLines/0").asText()).isEqualTo("panic: no database");
    }

    @Test
    void rollbackGoesBackToAnEarlierReleaseAndKeepsTheNumberOfReplicas() {
        deploy("turned", "ok:1");
        assertThat(run("apps", "rollback", "turned").err())
                .contains("error SM-ROLLOUT-013: 'turned' has no earlier release that served.");
        deploy("turned", "ok:2");
        deploy("turned", "ok:3");
        assertThat(run("apps", "scale", "turned", "2").code()).isZero();
        Run back = run("apps", "rollback", "turned");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.err()).contains("back to release 2", "ok:3 → ok:2", "✓ serving  2/2 replicas");
        assertThat(run("apps", "rollback", "turned", "--to", "1").err()).contains("ok:2 → ok:1", "✓ serving  2/2");
        assertThat(run("apps", "releases", "turned", "-o", "name").out().lines())
                .containsExactly("5", "4", "3", "2", "1");
        assertThat(run("apps", "rollback", "turned", "--to", "9").err())
                .contains("'turned' has no release 9.", "release 5  Serving  ok:1");
    }

    @Test
    void drainedNodeIsLeftAndFilledAgainOnlyAfterUncordon() throws IOException {
        deploy("moved", "ok:1");
        String node = nodeOf("moved");
        assertThat(run("node", "cordon", node).err()).contains(node + "  cordoned");
        assertThat(run("node", "cordon", node).err()).contains("unchanged: cordoned");
        try {
            Run drained = run("node", "drain", node, "-o", "json");
            assertThat(drained.code()).as(drained.err()).isZero();
            assertThat(new ObjectMapper().readTree(drained.out()).path("moved").toString())
                    .contains("moved-");
            assertThat(nodeOf("moved")).isNotEqualTo(node);
            assertThat(run("node", "info", node).out()).contains("cordoned", "Drained", "drained by admin");
        } finally {
            assertThat(run("node", "uncordon", node).err()).contains(node + "  takes new replicas");
        }
        assertThat(run("node", "list").out()).doesNotContain("cordoned");
    }

    @Test
    void drainThatCannotEndSaysWhatIsInTheWay() throws IOException {
        Run deployed = run("apps", "deploy", "bulky", "--image", "ok:1", "--replicas", "3", "--cpu", "1100m");
        assertThat(deployed.code()).as(deployed.err()).isZero();
        try {
            Run drain = run("node", "drain", "node-1", "--timeout", "3s");
            assertThat(drain.code()).isEqualTo(3);
            assertThat(drain.err())
                    .contains("error SM-DRAIN-001: 'node-1' is not drained after 3 s; the master goes on.")
                    .contains("bulky-", "statemesh node uncordon node-1");
        } finally {
            run("node", "uncordon", "node-1");
            run("apps", "delete", "bulky", "--yes");
        }
    }

    private String nodeOf(String application) throws IOException {
        return new ObjectMapper()
                .readTree(run("apps", "info", application, "-o", "json").out())
                .at("/replicaStatuses/0/node")
                .asText();
    }
}
