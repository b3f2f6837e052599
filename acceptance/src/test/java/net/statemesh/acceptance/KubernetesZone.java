// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A zone on a real Kubernetes of two nodes, as the guide says to bring it there: two masters and a router outside the cluster. */
final class KubernetesZone implements Zone {
    private static final int STOP_SECONDS = 120;

    private final Path home;
    private final Path administrator;
    private final Process cluster;
    private final List<Process> outside = new ArrayList<>();

    private KubernetesZone(Path home, Process cluster, Path administrator) {
        this.home = home;
        this.cluster = cluster;
        this.administrator = administrator;
    }

    /** Ready to take applications. */
    static KubernetesZone start() {
        try {
            Path home = Files.createTempDirectory("statemesh-kubernetes");
            Process cluster = new ProcessBuilder(
                            program().toString(),
                            "run",
                            "--nodes",
                            "2",
                            "--folder",
                            home.resolve("cluster").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String kubeconfig = cluster.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(kubeconfig)
                    .as("the real Kubernetes did not start: see above")
                    .isNotNull();
            KubernetesZone zone = new KubernetesZone(home, cluster, Path.of(kubeconfig));
            try {
                zone.install();
                return zone;
            } catch (IOException | RuntimeException | AssertionError e) {
                zone.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        return Path.of(System.getProperty("statemesh.root", "."), "contract", "kubernetes", "kubernetes");
    }

    private void install() throws IOException {
        succeeds(
                "zone",
                "install",
                "--kubeconfig",
                administrator.toString(),
                "--name",
                "real",
                "--domain",
                "statemesh.localhost",
                "--https-port",
                Integer.toString(freePort()),
                "--http-port",
                Integer.toString(freePort()),
                "--registry",
                api().getHost() + ":5000");
        succeeds("zone", "folder", folder().toString(), "--kubeconfig", administrator.toString());
        startMaster();
        startMaster();
        process("ingress", "--config", folder().resolve("ingress/ingress.json").toString());
    }

    private void startMaster() throws IOException {
        process(
                "controllers",
                "--kubeconfig",
                folder().resolve("master/kubeconfig").toString());
    }

    private void process(String role, String option, String file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Shell.statemesh(), "run", role, option, file)
                .redirectErrorStream(true)
                .redirectOutput(log(role + "-" + outside.size()).toFile());
        builder.environment().put("STATEMESH_NO_BUILD", "1");
        outside.add(builder.start());
    }

    private Path log(String name) {
        return home.resolve(name + ".log");
    }

    /** Of the API server; its host is the cluster's bridge, where the registry listens too. */
    private URI api() {
        return URI.create(new Shell()
                .with("KUBECONFIG", administrator.toString())
                .run("kubectl", "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}")
                .out()
                .strip());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void succeeds(String... arguments) {
        Shell.Result result = statemesh(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    @Override
    public Path folder() {
        return home.resolve("zone");
    }

    @Override
    public Path home() {
        return home;
    }

    /** Leaves the cluster first: what a user does last is tested every time. */
    @Override
    public void close() {
        try {
            if (!outside.isEmpty()) {
                succeeds("zone", "uninstall", "--kubeconfig", administrator.toString(), "--with-projects", "--yes");
            }
        } finally {
            outside.forEach(process -> process.destroyForcibly().onExit().join());
            stopCluster();
        }
        new Shell().run("rm", "-rf", home.toString());
    }

    private void stopCluster() {
        try {
            cluster.getOutputStream().close();
            assertThat(cluster.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
