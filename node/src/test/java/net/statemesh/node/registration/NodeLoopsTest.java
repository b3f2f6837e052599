// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.statemesh.node.kube.FakeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a node in the zone survives whatever one turn of it throws. */
@Timeout(60)
class NodeLoopsTest {
    private final FakeApi api = new FakeApi();

    @Test
    void leaseIsRenewedAfterAnyFailure() {
        api.fail(new IllegalStateException("client is closed"), new KubernetesClientException("away"));
        try (NodeLease _ = new NodeLease(api, "node-1", Clock.systemUTC())) {
            await().until(() -> !api.leases().isEmpty());
        }
    }

    @Test
    void nodeIsRegisteredAfterAnyFailure() {
        AtomicInteger looks = new AtomicInteger();
        NodeFacts facts = new NodeFacts(
                "node-1",
                "10.64.0.11",
                10_250,
                "10.64.1.0/24",
                Map.of(),
                Map.of(),
                Map.of(),
                "containerd://1",
                "6.0",
                "Debian",
                "machine",
                "boot");
        try (NodeRegistration _ = new NodeRegistration(
                api,
                facts,
                () -> {
                    if (looks.incrementAndGet() == 1) {
                        throw new IllegalArgumentException("a quantity that cannot be read");
                    }
                    return new NodeHealth(Optional.empty(), false, false);
                },
                Clock.systemUTC())) {
            await().until(() -> api.nodes().size() >= 2);
        }
    }
}
