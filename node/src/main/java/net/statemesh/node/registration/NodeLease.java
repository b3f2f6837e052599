// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import net.statemesh.daemon.Daemon;
import net.statemesh.node.kube.NodeApi;

/** Renews the Lease of this node: the heartbeat by which others know that it lives. */
public final class NodeLease implements AutoCloseable {
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final int DURATION_SECONDS = 40;

    private final NodeApi api;
    private final String nodeName;
    private final Clock clock;
    private final Daemon renewer;

    public NodeLease(NodeApi api, String nodeName, Clock clock) {
        this.api = api;
        this.nodeName = nodeName;
        this.clock = clock;
        this.renewer = Daemon.start("lease", Set.of(KubernetesClientException.class), this::renew);
    }

    private Duration renew() {
        api.renewLease(spec());
        return RENEW;
    }

    private LeaseSpec spec() {
        return new LeaseSpecBuilder()
                .withHolderIdentity(nodeName)
                .withLeaseDurationSeconds(DURATION_SECONDS)
                .withRenewTime(clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC))
                .build();
    }

    @Override
    public void close() {
        renewer.close();
    }
}
