// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.statemesh.api.Reason;
import net.statemesh.zone.TestZone;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.install.ZoneManifests;
import net.statemesh.zone.plan.application.NodePresence;
import net.statemesh.zone.plan.node.LeaseWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NodeControllerTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private TestZone zone;
    private ZoneCache cache;
    private EventRecorder events;
    private NodeController controller;

    @BeforeEach
    void start(@TempDir Path folder) {
        zone = TestZone.withoutMaster(folder);
        zone.addNode("quiet", "4");
        zone.addNode("loud", "4");
        renew("quiet");
        renew("loud");
        cache = new ZoneCache(zone.admin());
        cache.start().join();
        events = new EventRecorder(zone.admin(), "master", Clock.systemUTC());
        controller = newController(nanos::get);
    }

    private NodeController newController(LongSupplier time) {
        return new NodeController(
                cache,
                new NodeStatusWriter(zone.admin(), events, Clock.systemUTC()),
                new OrphanedPods(zone.admin(), cache, events),
                told::add,
                node -> false,
                time);
    }

    @AfterEach
    void stop() {
        controller.close();
        events.close();
        cache.close();
        zone.close();
    }

    @Test
    void silentNodeIsMarkedAndTheMarkIsTakenBackWhenItReports() {
        pass(LeaseWatch.SILENT_AFTER);
        await().until(() -> ready("quiet").getStatus().equals("Unknown"));
        assertThat(ready("quiet").getReason()).isEqualTo(Reason.NODE_SILENT);
        assertThat(ready("loud").getStatus()).isEqualTo("True");
        await().until(() -> controller.presence("quiet") == NodePresence.SILENT);
        renewAndWait("quiet");
        controller.tick();
        await().until(() -> ready("quiet").getStatus().equals("True"));
        await().until(() -> controller.presence("quiet") == NodePresence.PRESENT);
    }

    @Test
    void nodeThatStaysSilentIsLostAndComesBack() {
        pass(LeaseWatch.LOST_AFTER);
        assertThat(controller.presence("quiet")).isEqualTo(NodePresence.LOST);
        assertThat(controller.presence("loud")).isEqualTo(NodePresence.PRESENT);
        assertThat(told).contains("quiet");
        renewAndWait("quiet");
        controller.tick();
        await().until(() -> controller.presence("quiet") == NodePresence.PRESENT);
    }

    @Test
    void gapInTheMastersOwnTimeJudgesNobody() {
        nanos.addAndGet(LeaseWatch.LOST_AFTER.toNanos());
        controller.tick();
        assertThat(controller.presence("quiet")).isEqualTo(NodePresence.PRESENT);
        assertThat(ready("quiet").getStatus()).isEqualTo("True");
    }

    @Test
    void restartedMasterBelievesNoNodeBeforeItHasSeenARenewal() {
        pass(LeaseWatch.SILENT_AFTER);
        await().until(() -> ready("quiet").getStatus().equals("Unknown"));
        controller.close();
        controller = newController(nanos::get);
        await().until(() -> controller.presence("quiet") == NodePresence.SILENT);
        controller.tick();
        assertThat(ready("quiet").getStatus()).isEqualTo("Unknown");
        assertThat(ready("quiet").getReason()).isEqualTo(Reason.NODE_SILENT);
        renewAndWait("quiet");
        controller.tick();
        await().until(() -> ready("quiet").getStatus().equals("True"));
    }

    @Test
    void silenceIsJudgedAgainAfterATurnThatFailed() {
        controller.close();
        AtomicInteger turns = new AtomicInteger();
        controller = newController(() -> {
            boolean judging = Thread.currentThread().getName().equals("node-leases");
            if (judging && turns.incrementAndGet() <= 2) {
                throw new IllegalStateException("client is closed");
            }
            return nanos.get();
        });
        await().until(() -> turns.get() > 2);
    }

    @Test
    void removedNodeIsGone() {
        zone.admin().nodes().withName("quiet").delete();
        await().until(() -> controller.presence("quiet") == NodePresence.GONE);
        await().until(() -> told.contains("quiet"));
    }

    /** Time passes in ticks; "loud" renews before each, "quiet" does not. */
    private void pass(Duration duration) {
        for (Duration passed = Duration.ZERO;
                passed.compareTo(duration) <= 0;
                passed = passed.plus(NodeController.TICK)) {
            nanos.addAndGet(NodeController.TICK.toNanos());
            renewAndWait("loud");
            controller.tick();
        }
    }

    private void renewAndWait(String node) {
        String time = renew(node);
        await().until(() -> time.equals(NodeStatusWriter.renewal(
                cache.leases().getIndexer().getByKey(ZoneManifests.NODE_LEASE_NAMESPACE + "/" + node))));
        controller.observe(cache.leases().getIndexer().getByKey(ZoneManifests.NODE_LEASE_NAMESPACE + "/" + node));
    }

    private String renew(String node) {
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(ZoneManifests.NODE_LEASE_NAMESPACE)
                .withName(node)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(node)
                .withRenewTime(ZonedDateTime.now(Clock.systemUTC()))
                .endSpec()
                .build();
        return String.valueOf(
                NodeStatusWriter.renewal(zone.admin().resource(lease).createOr(existing -> existing.update())));
    }

    private NodeCondition ready(String node) {
        return zone.admin().nodes().withName(node).get().getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
