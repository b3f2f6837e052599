// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.takeover;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;
import net.statemesh.bench.apiserver.ServerProcess;
import net.statemesh.zone.install.ZoneInstaller;

/**
 * Two masters over one API server, each a process of its own. The leader is killed (SIGKILL) at a random moment, and an application is
 * deployed in the same instant: how long until another master holds the Lease, and until it has made the application's replica.
 */
public final class TakeoverBenchmark implements Benchmark {
    private static final int ROUNDS = 20;
    private static final long SEED = 11;
    private static final int SPREAD_MILLIS = 1000;
    private static final double MILLIS = 1e6;

    private final Map<String, Process> masters = new HashMap<>();
    private int started;

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public void run(Figures out) throws Exception {
        Path folder = Files.createTempDirectory("takeover");
        try (ServerProcess server = ServerProcess.start(folder)) {
            Path kubeconfig = folder.resolve("kubeconfig");
            server.kubeconfig().store(kubeconfig);
            try (KubernetesClient admin = new KubernetesClientBuilder()
                    .withConfig(MasterMain.access(kubeconfig))
                    .build()) {
                new ZoneInstaller(admin).install(new ZoneSettings("bench", "statemesh.localhost", 8443, 8080, ""));
                try (Sightings seen = new Sightings(admin)) {
                    measure(kubeconfig, admin, seen, out);
                }
            } finally {
                masters.values().forEach(Process::destroyForcibly);
            }
        }
    }

    private void measure(Path kubeconfig, KubernetesClient admin, Sightings seen, Figures out) throws Exception {
        Random random = new Random(SEED);
        double[] held = new double[ROUNDS];
        double[] acted = new double[ROUNDS];
        start(kubeconfig);
        for (int round = 0; round < ROUNDS; round++) {
            start(kubeconfig);
            deploy(admin, "before-" + round);
            int number = round;
            seen.await(() -> seen.hasReplica("before-" + number));
            // the leader is anywhere between two renewals
            TimeUnit.MILLISECONDS.sleep(SPREAD_MILLIS + random.nextInt(SPREAD_MILLIS));
            String leader = seen.holder();
            Process killed = Objects.requireNonNull(masters.remove(leader), "the leader is one of ours");
            long start = System.nanoTime();
            killed.destroyForcibly();
            deploy(admin, "after-" + round);
            held[round] = (seen.await(() -> !seen.holder().equals(leader)) - start) / MILLIS;
            acted[round] = (seen.await(() -> seen.hasReplica("after-" + number)) - start) / MILLIS;
        }
        print(out, "takeover-lease", held);
        print(out, "takeover-first-decision", acted);
    }

    private static void print(Figures out, String name, double[] millis) {
        Arrays.sort(millis);
        out.figure(name + "-median", millis[millis.length / 2], "ms");
        out.figure(name + "-worst-of-" + millis.length, millis[millis.length - 1], "ms");
    }

    private void start(Path kubeconfig) throws IOException {
        String candidate = "bench-" + ++started;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@"
                                + Path.of(
                                        System.getProperty("statemesh.root"),
                                        "launcher/src/main/product/jvm/controllers.args"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MasterMain.class.getName(),
                        kubeconfig.toString(),
                        candidate)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        masters.put(candidate, process);
        if (process.inputReader(StandardCharsets.UTF_8).readLine() == null) {
            throw new IOException("a master ended before it stood for election");
        }
    }

    private static void deploy(KubernetesClient admin, String name) {
        Application application = new Application();
        application.setMetadata(new ObjectMetaBuilder()
                .withNamespace(SystemNames.DEFAULT_PROJECT)
                .withName(name)
                .build());
        application.setSpec(
                ApplicationSpec.of(ContainerSpec.of("web", "bench:1")).build());
        admin.resource(application).create();
    }
}
