// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import net.statemesh.api.Annotations;
import org.junit.jupiter.api.Test;

class ReplicaReasonsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void waitingReplicaSaysWhichFilterRefusedWhichNodeAndWhatWouldHelp() throws Exception {
        List<String> lines = lines("", """
                {"node":"","fitting":0,"looked":2,"total":2,
                 "nodes":{"node-1":{"refused":["cordoned by alice"],"filters":["Cordon"]},
                          "node-2":{"refused":["lack 500m CPU (200m free)"],"filters":["Cpu"]}},
                 "advice":["needs 300m CPU more on node-2"],
                 "preemption":{"node":"node-2","victims":["team/batch-1"]}}""");
        assertThat(lines)
                .containsExactly(
                        "  web-1 has no node yet",
                        "    node-1  not here: cordoned by alice [Cordon]",
                        "    node-2  not here: lack 500m CPU (200m free) [Cpu]",
                        "    to make it fit: needs 300m CPU more on node-2",
                        "    room is made on node-2 by ending team/batch-1");
    }

    @Test
    void placedReplicaShowsItsScoresAndWhatElseWasFoundInALargeZone() throws Exception {
        List<String> lines = lines("node-1", """
                {"node":"node-1","fitting":100,"looked":140,"total":5000,
                 "nodes":{"node-1":{"total":0.8,"scores":{"Spread":1.0,"LeastLoaded":0.5}},
                          "node-7":{"total":0.7,"scores":{"Spread":0.5,"LeastLoaded":0.5}}},
                 "reasons":[{"filter":"NodeReady","reason":"not ready","nodes":40}]}""");
        assertThat(lines)
                .containsExactly(
                        "  web-1 is on node-1",
                        "    node-1  here: 0.80 (Spread 1.00, LeastLoaded 0.50)",
                        "    node-7  would fit: 0.70 (Spread 0.50, LeastLoaded 0.50)",
                        "    4998 nodes more, 4860 of them not looked at; by filter:",
                        "      NodeReady refused 40: not ready");
    }

    @Test
    void decisionsOfAnEarlierMasterAreStillShown() throws Exception {
        assertThat(lines("", "{\"node\":\"\",\"nodes\":{\"node-1\":{\"refused\":[\"not ready\"]}}}"))
                .containsExactly("  web-1 has no node yet", "    node-1  not here: not ready");
    }

    private static List<String> lines(String node, String decision) throws Exception {
        ObjectNode pod = JSON.createObjectNode();
        pod.putObject("metadata").put("name", "web-1").putObject("annotations").put(Annotations.DECISION, decision);
        pod.putObject("spec").put("nodeName", node);
        return ReplicaReasons.of(pod).lines(Instant.EPOCH);
    }
}
