// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Reason;
import net.statemesh.api.SystemNames;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.zone.TestZone;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.node.NodeStatusWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HealthControllerTest {
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    private final Map<String, TestMember> members = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private TestZone zone;
    private ZoneCache cache;
    private EventRecorder events;
    private HealthController health;
    private Watch secrets;

    @BeforeEach
    void start(@TempDir Path folder) {
        zone = TestZone.withoutMaster(folder);
        for (String node : NODES) {
            TestMember member = new TestMember(0, 1);
            members.put(node, member);
            ports.put(node, member.port());
            addNode(node, member.port());
        }
        secrets = zone.admin().secrets().inNamespace(SystemNames.NAMESPACE).watch(new Watcher<Secret>() {
            @Override
            public void eventReceived(Action action, Secret secret) {
                NODES.stream()
                        .filter(node -> secret.getMetadata().getName().equals(HealthDocument.secretName(node)))
                        .forEach(node -> members.get(node).follow(secret));
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
        startMaster();
        await().until(() -> NODES.stream().allMatch(health::covers));
    }

    @AfterEach
    void stop() {
        stopMaster();
        secrets.close();
        members.values().forEach(TestMember::close);
        zone.close();
    }

    @Test
    void aDeadNodeIsFoundAndSaysWhyAndReturns() {
        members.get("node-2").close();
        await().until(() -> ready("node-2").getReason().equals(Reason.NODE_DEAD));
        assertThat(ready("node-2").getStatus()).isEqualTo("False");
        assertThat(ready("node-2").getMessage()).contains("no heartbeat for", "phi", "reached nothing");
        assertThat(List.of(ready("node-1").getStatus(), ready("node-3").getStatus()))
                .containsOnly("True");
        await().until(() -> zone.admin().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(event -> event.getReason().equals(Reason.NODE_DEAD)
                        && event.getInvolvedObject().getName().equals("node-2")));

        restart("node-2");
        await().until(() -> ready("node-2").getStatus().equals("True"));
        assertThat(ready("node-2").getReason()).isEqualTo(Reason.NODE_RETURNED);
    }

    @Test
    void aNewMasterFindsWhatDiedWhileNobodyLookedAndCallsNobodyElseDead() {
        stopMaster();
        members.get("node-3").close();
        startMaster();
        await().until(() -> ready("node-3").getReason().equals(Reason.NODE_DEAD));
        assertThat(List.of(ready("node-1").getStatus(), ready("node-2").getStatus()))
                .containsOnly("True");
    }

    @Test
    void whenMostAreSilentAtOnceNobodyIsCalledDead() {
        members.get("node-1").close();
        members.get("node-2").close();
        await().until(() -> zone.admin().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(event -> event.getReason().equals(Reason.VERDICTS_WITHHELD)));
        assertThat(NODES).allSatisfy(node -> assertThat(ready(node).getStatus()).isEqualTo("True"));
    }

    @Test
    void onlyTheNodeItselfMayReadItsKeys() {
        var binding = zone.admin()
                .rbac()
                .roleBindings()
                .inNamespace(SystemNames.NAMESPACE)
                .withName("health-node-1");
        await().until(() -> binding.get() != null);
        assertThat(binding.get().getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getName()).isEqualTo("system:node:node-1"));
        var role = zone.admin()
                .rbac()
                .roles()
                .inNamespace(SystemNames.NAMESPACE)
                .withName("health-node-1")
                .get();
        assertThat(role.getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getResourceNames()).containsExactly("health-node-1"));
    }

    private void startMaster() {
        cache = new ZoneCache(zone.admin());
        cache.start().join();
        events = new EventRecorder(zone.admin(), "master", Clock.systemUTC());
        health = new HealthController(
                zone.admin(),
                cache,
                events,
                new NodeStatusWriter(zone.admin(), events, Clock.systemUTC()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void stopMaster() {
        health.close();
        events.close();
        cache.close();
    }

    private void restart(String node) {
        TestMember member = new TestMember(ports.get(node), 2);
        members.put(node, member);
        member.follow(zone.admin()
                .secrets()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(HealthDocument.secretName(node))
                .get());
    }

    private void addNode(String name, int port) {
        zone.addNode(name, "4");
        zone.admin()
                .nodes()
                .withName(name)
                .editStatus(node -> new NodeBuilder(node)
                        .editStatus()
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(port)
                        .endDaemonEndpoints()
                        .addNewAddress("127.0.0.1", "InternalIP")
                        .endStatus()
                        .build());
    }

    private NodeCondition ready(String node) {
        return zone.admin().nodes().withName(node).get().getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
