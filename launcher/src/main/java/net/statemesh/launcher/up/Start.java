// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.Kubeconfig;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.component.ComponentPlan;
import net.statemesh.launcher.component.Product;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.supervisor.Listening;
import net.statemesh.launcher.supervisor.SupervisorProcess;
import org.jspecify.annotations.Nullable;

/** Starts the processes of a zone whose ground is laid, and waits for each until it does its work. */
final class Start {
    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final Progress progress;
    private final Clock clock;
    private final Readiness readiness;

    Start(ZoneFolder folder, ZoneRecord zone, Progress progress, Clock clock) {
        this.folder = folder;
        this.zone = zone;
        this.progress = progress;
        this.clock = clock;
        this.readiness = new Readiness(folder, clock);
    }

    UpResult run(ComponentPlan plan, boolean bare) throws IOException {
        new SupervisorProcess(folder).ensure(plan.supervisor(), plan.supervisorSpec(), clock);
        try (ApiClient api = new ApiClient(Kubeconfig.read(folder.kubeconfig()), ZoneChecks.ANSWER_TIMEOUT)) {
            ZoneChecks checks = new ZoneChecks(zone, api);
            readiness.await(ComponentNames.MASTER, checks::masterMissing);
            progress.done("master", "API " + zone.apiUrl() + " · kubeconfig " + HomePath.shorten(folder.kubeconfig()));
            readiness.await(
                    ComponentNames.REGISTRY,
                    () -> Listening.at(zone.registry())
                            ? Optional.empty()
                            : Optional.of("nothing listens at " + zone.registry()));
            new ZoneImages(folder, zone).ensure();
            progress.done("registry", zone.registry());
            for (String node : zone.nodeNames()) {
                readiness.await(ComponentNames.agent(node), () -> checks.nodeMissing(node));
            }
            progress.done("nodes", String.join(" ", zone.nodeNames()) + " ready");
            readiness.await(ComponentNames.INGRESS, checks::ingressMissing);
            progress.done(
                    "ingress",
                    "https :" + zone.httpsPort() + " · http :" + zone.httpPort() + " · CA "
                            + HomePath.shorten(folder.caCertificate()));
            return result(bare ? null : example(new Example(folder, api)));
        }
    }

    private UpResult.Example example(Example example) throws IOException {
        example.ensure(Product.running().root().resolve("examples/hello"));
        readiness.await(ComponentNames.MASTER, example::missing);
        if (example.isServing()) {
            readiness.await(ComponentNames.INGRESS, example::unanswered);
        }
        List<String> nodes = example.nodes();
        progress.done(
                "example",
                Example.NAME + " · " + nodes.size() + " replica" + (nodes.size() == 1 ? "" : "s") + " on "
                        + String.join(", ", nodes));
        return new UpResult.Example(Example.NAME, example.url());
    }

    private UpResult result(UpResult.@Nullable Example example) {
        return new UpResult(
                zone.name(),
                folder.kubeconfig().toString(),
                folder.caCertificate().toString(),
                zone.httpsPort(),
                zone.nodeNames(),
                example);
    }
}
