// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.bench.Figures;
import net.statemesh.zone.install.ZoneInstaller;

/**
 * The same 500 pods on the same fake nodes of a real Kubernetes, given their nodes by this scheduler and by kube-scheduler in turns,
 * from the first pod's creation to the last one's node. kube-scheduler runs with its client's limits raised, because with its defaults
 * (50 requests a second) the limits would be measured.
 *
 * <p>Environment: {@value #KUBECONFIG} names an administrator's kubeconfig, {@value #PROGRAM} the kube-scheduler to run.
 */
final class BesideKubeScheduler {
    static final String KUBECONFIG = "STATEMESH_BENCH_KUBECONFIG";
    static final String PROGRAM = "STATEMESH_BENCH_KUBE_SCHEDULER";

    private static final String THEIR_NAME = "kube-scheduler-bench";
    private static final String LOG = "log";
    private static final int PODS = 500;
    private static final int WARM_UP_ROUNDS = 1;
    private static final int ROUNDS = 5;
    private static final int RENEW_SECONDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    void run(Figures out) throws Exception {
        String kubeconfig = System.getenv(KUBECONFIG);
        String program = System.getenv(PROGRAM);
        if (kubeconfig == null || program == null) {
            System.err.println("bench: scheduler beside kube-scheduler skipped: set " + KUBECONFIG
                    + " to the kubeconfig of a Kubernetes and " + PROGRAM + " to its kube-scheduler.");
            return;
        }
        Config config = Config.fromKubeconfig(Files.readString(Path.of(kubeconfig)));
        Path folder = Files.createTempDirectory("statemesh-bench-kube-scheduler");
        Process theirs = start(Path.of(program), Path.of(kubeconfig), folder);
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor()) {
            new ZoneInstaller(client)
                    .install(new ZoneSettings("bench", "statemesh.localhost", 8443, 8080, "127.0.0.1:5000"));
            FakeNodes nodes = new FakeNodes(client);
            try {
                nodes.create();
                var _ = renewal.scheduleWithFixedDelay(() -> renew(client), 0, RENEW_SECONDS, TimeUnit.SECONDS);
                compare(client, nodes, theirs, folder.resolve(LOG), out);
            } finally {
                renewal.shutdownNow();
                nodes.remove();
            }
        } finally {
            theirs.destroy();
            theirs.onExit().join();
            Files.deleteIfExists(folder.resolve("config.yaml"));
            Files.deleteIfExists(folder.resolve(LOG));
            Files.delete(folder);
        }
    }

    private static void compare(KubernetesClient client, FakeNodes nodes, Process process, Path log, Figures out)
            throws Exception {
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        try (RunningScheduler scheduler = new RunningScheduler(client)) {
            scheduler.start();
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double our = round(nodes, scheduler, SystemNames.SCHEDULER, "ours-" + (round + WARM_UP_ROUNDS));
                if (!process.isAlive()) {
                    throw new IllegalStateException("kube-scheduler has ended: " + Files.readString(log));
                }
                double their = round(nodes, scheduler, THEIR_NAME, "theirs-" + (round + WARM_UP_ROUNDS));
                if (round >= 0) {
                    ours[round] = our;
                    theirs[round] = their;
                    ratios[round] = our / their;
                }
            }
        }
        out.figure("scheduler-kubernetes-binds", median(ours), "binds/s");
        out.figure("scheduler-kubernetes-binds-kube-scheduler", median(theirs), "binds/s");
        out.ratio("scheduler-to-kube-scheduler", median(ratios));
    }

    private static double round(FakeNodes nodes, RunningScheduler counter, String scheduler, String prefix)
            throws Exception {
        long start = System.nanoTime();
        nodes.createPods(scheduler, prefix + "-", PODS);
        counter.awaitBound(PODS);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        nodes.removePods();
        return PODS / seconds;
    }

    private static Process start(Path program, Path kubeconfig, Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.yaml"), """
                apiVersion: kubescheduler.config.k8s.io/v1beta1
                kind: KubeSchedulerConfiguration
                leaderElection: {leaderElect: false}
                clientConnection: {kubeconfig: "%s", qps: 5000, burst: 5000}
                profiles: [{schedulerName: %s}]
                """.formatted(kubeconfig.toAbsolutePath(), THEIR_NAME));
        return new ProcessBuilder(program.toString(), "--config=" + file, "--port=0", "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile())
                .start();
    }

    /** As kubelets would, so that the nodes stay ready. */
    private static void renew(KubernetesClient client) {
        for (int i = 0; i < FakeNodes.NODES; i++) {
            client.leases()
                    .inNamespace("kube-node-lease")
                    .resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName("bench-" + i)
                            .withNamespace("kube-node-lease")
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity("bench-" + i)
                            .withLeaseDurationSeconds(40)
                            .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                            .endSpec()
                            .build())
                    .serverSideApply();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
