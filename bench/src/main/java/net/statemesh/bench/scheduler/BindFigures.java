// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.bench.Figures;
import net.statemesh.bench.apiserver.ServerProcess;
import net.statemesh.zone.install.ZoneInstaller;

/**
 * Against the embedded API server, a process of its own on the same processors: pods wait before the scheduler starts, and each binding
 * is durable, with the decision in the pod and an Event beside it, before it counts.
 */
final class BindFigures {
    private static final int WARM_UP_PODS = 500;
    private static final int PODS = 2_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final ZoneSettings SETTINGS =
            new ZoneSettings("bench", "statemesh.localhost", 8443, 8080, "127.0.0.1:5000");

    void run(Figures out) throws Exception {
        Path folder = Files.createTempDirectory("statemesh-bench-scheduler");
        try (ServerProcess server = ServerProcess.start(folder);
                KubernetesClient client = client(folder, server.port())) {
            new ZoneInstaller(client).install(SETTINGS);
            FakeNodes nodes = new FakeNodes(client);
            nodes.create();
            double warmUp = bindsPerSecond(client, nodes, "warm-", WARM_UP_PODS);
            long cpuMillis = server.cpu().toMillis();
            double measured = bindsPerSecond(client, nodes, "pod-", PODS);
            cpuMillis = server.cpu().toMillis() - cpuMillis;
            out.figure("scheduler-embedded-binds-cold", warmUp, "binds/s");
            out.figure("scheduler-embedded-binds", measured, "binds/s");
            out.figure(
                    "scheduler-embedded-binds-per-server-cpu", PODS / (cpuMillis / MILLIS_PER_SECOND), "binds/cpu-s");
        } finally {
            delete(folder);
        }
    }

    private static double bindsPerSecond(KubernetesClient client, FakeNodes nodes, String prefix, int pods)
            throws Exception {
        nodes.createPods(SystemNames.SCHEDULER, prefix, pods);
        try (RunningScheduler scheduler = new RunningScheduler(client)) {
            long start = System.nanoTime();
            scheduler.start();
            scheduler.awaitBound(pods);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            nodes.removePods();
            return pods / seconds;
        }
    }

    private static KubernetesClient client(Path folder, int port) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withClientCertFile(folder.resolve("admin.crt").toString())
                .withClientKeyFile(folder.resolve("admin.key").toString())
                .withClientKeyAlgo("EC")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
