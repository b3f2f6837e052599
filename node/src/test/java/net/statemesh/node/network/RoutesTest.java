// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final Routes.Place SELF = Routes.Place.of("node-1", "10.64.1.0/24", "10.64.0.11");

    private final List<String> commands = new ArrayList<>();
    private boolean broken;
    private final RouteTable table = new RouteTable(SELF, new IpCommand() {
        @Override
        void route(String verb, String... arguments) {
            if (broken) {
                throw new StateMeshException(NodeErrors.NETWORK, "no", List.of(), List.of());
            }
            commands.add(verb + " " + String.join(" ", arguments));
        }
    });

    @Test
    void eachOtherNodeGetsARouteOnce() {
        List<Node> nodes = List.of(node("node-1", 1), node("node-2", 2), node("node-3", 3));
        table.nodes(nodes);
        table.nodes(nodes);
        assertThat(commands)
                .containsExactlyInAnyOrder(
                        "replace 10.64.2.0/24 via 10.64.0.12", "replace 10.64.3.0/24 via 10.64.0.13");
    }

    @Test
    void nodeThatLeavesLosesItsRoute() {
        table.nodes(List.of(node("node-2", 2)));
        commands.clear();
        table.nodes(List.of());
        assertThat(commands).containsExactly("del 10.64.2.0/24");
    }

    @Test
    void failedCommandIsTriedAgainWithTheNextNews() {
        broken = true;
        table.nodes(List.of(node("node-2", 2)));
        broken = false;
        table.nodes(List.of(node("node-2", 2)));
        assertThat(commands).containsExactly("replace 10.64.2.0/24 via 10.64.0.12");
    }

    @Test
    void nodeWithoutRangeOrAddressIsLeftOut() {
        Node bare =
                new NodeBuilder().withNewMetadata().withName("x").endMetadata().build();
        table.nodes(List.of(bare));
        assertThat(commands).isEmpty();
    }

    @Test
    void podNetworkIsABridgeWithoutAddressTranslation() throws JsonProcessingException {
        JsonNode bridge = new ObjectMapper()
                .readTree(CniConfig.render("10.64.1.0/24", Path.of("/state/addresses")))
                .path("plugins")
                .path(0);
        assertThat(bridge.path("type").asText()).isEqualTo("bridge");
        assertThat(bridge.path("ipMasq").asBoolean(true)).isFalse();
        assertThat(bridge.path("isGateway").asBoolean()).isTrue();
        assertThat(bridge.at("/ipam/ranges/0/0/subnet").asText()).isEqualTo("10.64.1.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,10.64.0.19", "10.64.0.0/16,10.64.0.19", "10.64.1.0/24,10.64.0.19", "10.64.1.128/25,10.64.0.19",
        "10.65.7.0/24,10.64.0.19", "10.64.7.0/24,10.64.0.11", "10.64.7.0/24,10.64.9.9", "10.64.7.0/24,127.0.0.1",
        "10.64.7.0/24,8.8.8.8", "10.64.7.3/24,10.64.0.19", "10.64.777.0/24,10.64.0.19", "fd00::/64,10.64.0.19"
    })
    void nodeCannotDrawTheTrafficOfOthersToItself(String range, String address) {
        table.nodes(List.of(node("node-2", 2), node("greedy", range, address, "2026-01-02T00:00:00Z")));
        assertThat(commands).containsExactly("replace 10.64.2.0/24 via 10.64.0.12");
    }

    @Test
    void rangeBelongsToTheNodeThatHadItFirst() {
        Node first = node("z-first", "10.64.2.0/24", "10.64.0.12", "2026-01-01T00:00:00Z");
        Node second = node("a-second", "10.64.2.0/24", "10.64.0.13", "2026-01-02T00:00:00Z");
        table.nodes(List.of(second, first));
        assertThat(commands).containsExactly("replace 10.64.2.0/24 via 10.64.0.12");
    }

    private static Node node(String name, int number) {
        return node(name, "10.64." + number + ".0/24", "10.64.0.1" + number, "2026-01-01T00:00:00Z");
    }

    private static Node node(String name, String range, String address, String createdAt) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(createdAt)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(range)
                .endSpec()
                .withNewStatus()
                .withAddresses(new NodeAddress(address, "InternalIP"))
                .endStatus()
                .build();
    }
}
