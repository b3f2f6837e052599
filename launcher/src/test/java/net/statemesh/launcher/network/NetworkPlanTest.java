// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private final NetworkPlan plan = new NetworkPlan(70, 3);

    @Test
    void namesAndAddressesAreThoseOfTheArchitecture() {
        assertThat(plan.bridge()).isEqualTo("sm70");
        assertThat(plan.rootAddress()).isEqualTo("10.70.0.1");
        assertThat(plan.nodes())
                .containsExactly(
                        new NodeRecord("node-1", "sm-70-node-1", "10.70.0.11", "10.70.1.0/24"),
                        new NodeRecord("node-2", "sm-70-node-2", "10.70.0.12", "10.70.2.0/24"),
                        new NodeRecord("node-3", "sm-70-node-3", "10.70.0.13", "10.70.3.0/24"));
    }

    @Test
    void everyNamespaceAndTheRootHaveARouteToEveryPodRange() {
        for (NodeRecord node : plan.nodes()) {
            assertThat(plan.outsideCommands(node))
                    .contains("route replace " + node.podRange() + " via " + node.address() + " dev sm70");
            for (NodeRecord other : plan.nodes()) {
                String route = "route replace " + other.podRange() + " via " + other.address();
                if (other.equals(node)) {
                    assertThat(plan.insideCommands(node)).doesNotContain(route);
                } else {
                    assertThat(plan.insideCommands(node)).contains(route);
                }
            }
        }
    }

    @Test
    void aCutFromTheMasterIsOfTheNodeItselfAndUndoneLineByLine() {
        NodeRecord node = plan.nodes().get(1);
        assertThat(plan.cutCommands(node))
                .containsExactly(
                        "xfrm policy update src 10.70.0.1/32 dst 10.70.0.12/32 dir in action block",
                        "xfrm policy update src 10.70.0.12/32 dst 10.70.0.1/32 dir out action block");
        assertThat(plan.mendCommands(node))
                .containsExactly(
                        "xfrm policy delete src 10.70.0.1/32 dst 10.70.0.12/32 dir in",
                        "xfrm policy delete src 10.70.0.12/32 dst 10.70.0.1/32 dir out");
    }

    @Test
    void namesOfLinksFitTheKernel() {
        NetworkPlan largest = new NetworkPlan(127, NetworkPlan.MAX_NODES);
        for (NodeRecord node : largest.nodes()) {
            String link = largest.linkCommand(node).split(" ", -1)[2];
            assertThat(link.length()).isLessThanOrEqualTo(15);
        }
    }

    @Test
    void numbersOutsideTheRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkPlan(63, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkPlan(128, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkPlan(64, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkPlan(64, 21));
    }
}
