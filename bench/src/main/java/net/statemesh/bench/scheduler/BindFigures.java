// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final ZoneSettings SETTINGS =
            new ZoneSettings("bench", "statemesh.localhost", 8443, 8080, "127.0.0.1:5000");

    /** Of the bindings alone: their pods were made before. */
    private record Cost(double seconds, double serverCpuSeconds) {}

    void run(Figures out) throws Exception {
        Path folder = Files.createTempDirectory("statemesh-bench-scheduler");
        try (ServerProcess server = ServerProcess.start(folder);
                KubernetesClient client = client(folder, server.port())) {
            new ZoneInstaller(client).install(SETTINGS);
            FakeNodes nodes = new FakeNodes(client);
            nodes.create();
            Cost cold = bind(server, client, nodes, "warm-", WARM_UP_PODS);
            Cost warm = bind(server, client, nodes, "pod-", PODS);
            out.figure("scheduler-embedded-binds-cold", WARM_UP_PODS / cold.seconds(), "binds/s");
            out.figure("scheduler-embedded-binds", PODS / warm.seconds(), "binds/s");
            out.figure("scheduler-embedded-binds-per-server-cpu", PODS / warm.serverCpuSeconds(), "binds/cpu-s");
        } finally {
            delete(folder);
        }
    }

    private static Cost bind(ServerProcess server, KubernetesClient client, FakeNodes nodes, String prefix, int pods)
            throws Exception {
        nodes.createPods(SystemNames.SCHEDULER, prefix, pods);
        try (RunningScheduler scheduler = new RunningScheduler(client)) {
            Duration cpu = server.cpu();
            long start = System.nanoTime();
            scheduler.start();
            scheduler.awaitBound(pods);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            double cpuSeconds = server.cpu().minus(cpu).toNanos() / NANOS_PER_SECOND;
            nodes.removePods();
            return new Cost(seconds, cpuSeconds);
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
