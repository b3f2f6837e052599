// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Reason;
import org.junit.jupiter.api.Test;

class DeadNodesTest {
    private final Set<String> dead = new HashSet<>();
    private final List<String> changed = new ArrayList<>();
    private final DeadNodes nodes = new DeadNodes(dead, changed::add);

    @Test
    void onlyAVerdictOfDeathCountsAndIsTakenBack() {
        nodes.onAdd(node("True", "AgentReady"));
        nodes.onUpdate(node("True", "AgentReady"), node("Unknown", Reason.NODE_LINK_CUT));
        nodes.onUpdate(node("True", "AgentReady"), node("False", "RuntimeNotReady"));
        assertThat(dead).isEmpty();
        assertThat(changed).isEmpty();
        nodes.onUpdate(node("True", "AgentReady"), node("False", Reason.NODE_DEAD));
        nodes.onUpdate(node("False", Reason.NODE_DEAD), node("False", Reason.NODE_DEAD));
        assertThat(dead).containsExactly("node-1");
        nodes.onUpdate(node("False", Reason.NODE_DEAD), node("True", Reason.NODE_RETURNED));
        assertThat(dead).isEmpty();
        assertThat(changed).containsExactly("node-1", "node-1");
    }

    @Test
    void aNodeThatLeftTheZoneIsForgotten() {
        nodes.onAdd(node("False", Reason.NODE_DEAD));
        nodes.onDelete(node("False", Reason.NODE_DEAD), false);
        assertThat(dead).isEmpty();
    }

    private static Node node(String status, String reason) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("node-1")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(status)
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build();
    }
}
