// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.zone.leader.ZoneLease;

/** Several masters of one zone, as processes of their own would be: each with a client and a name of its own. */
final class RunningMasters implements AutoCloseable {
    private record Running(MasterConfig config, KubernetesClient client, Master master) {}

    private final TestZone zone;
    private final List<Running> running = new ArrayList<>();

    RunningMasters(TestZone zone) {
        this.zone = zone;
    }

    void start() {
        MasterConfig config = MasterConfig.oneOfSeveral("statemesh:master");
        KubernetesClient client = zone.masterClient();
        running.add(new Running(config, client, Master.start(client, config)));
    }

    /** Kills whoever holds the Lease, without letting go of it; gives its name. */
    String killLeader() {
        Running leader = leaderWhenThereIsOne();
        running.remove(leader);
        leader.master().abandon();
        leader.client().close();
        return leader.config().candidate();
    }

    /** Ends whoever holds the Lease as an orderly stop does; gives its name. */
    String stopLeader() {
        Running leader = leaderWhenThereIsOne();
        running.remove(leader);
        leader.master().close();
        leader.client().close();
        return leader.config().candidate();
    }

    Lease lease() {
        return zone.admin()
                .leases()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(ZoneLease.NAME)
                .get();
    }

    void awaitLeader() {
        leaderWhenThereIsOne();
    }

    private Running leaderWhenThereIsOne() {
        return await().until(this::leader, Optional::isPresent).orElseThrow();
    }

    private Optional<Running> leader() {
        String holder = lease().getSpec().getHolderIdentity();
        return running.stream()
                .filter(each -> each.config().candidate().equals(holder))
                .findFirst();
    }

    @Override
    public void close() {
        running.forEach(each -> {
            each.master().close();
            each.client().close();
        });
    }
}
