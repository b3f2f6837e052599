// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.ZoneSettings;
import net.statemesh.cli.client.ClientTls;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;
import net.statemesh.zone.install.ZoneInstaller;

/** The real API server and the real master in this process; only nodes and router are played. */
final class RunningZone implements AutoCloseable {
    private static final String ZONE = "test-1";
    private static final String DOMAIN = "statemesh.localhost";
    private static final Duration VALID = Duration.ofHours(12);

    private final Path folder;
    private final CertificateAuthority authority;
    private final ApiServer server;
    private final KubernetesClient administrator;
    private final KubernetesClient masterClient;
    private final Master master;
    private final PlayedNodes nodes;
    private final PlayedRouter router;

    RunningZone(Path folder) throws Exception {
        this.folder = folder;
        authority = CertificateAuthority.create("test", List.of(), VALID, Clock.systemUTC(), new SecureRandom());
        authority.store(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        issue(
                "server",
                new Subject("kube"),
                Usage.SERVER,
                new AlternativeNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress())));
        issue("kubelet-client", new Subject("statemesh:api-server"), Usage.CLIENT, AlternativeNames.NONE);
        server = ApiServer.start(new ApiServerConfig(
                folder.resolve("data"),
                List.of("127.0.0.1:0"),
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                folder.resolve("ca.crt"),
                folder.resolve("kubelet-client.crt"),
                folder.resolve("kubelet-client.key"),
                folder.resolve("ca.crt")));
        issue(
                "router",
                new Subject("router"),
                Usage.SERVER,
                new AlternativeNames(List.of("*." + ZONE + "." + DOMAIN), List.of()));
        router = new PlayedRouter(ClientTls.context(
                null, Files.readString(folder.resolve("router.crt")), Files.readString(folder.resolve("router.key"))));
        Path kubeconfig = kubeconfig("kubeconfig", new Subject("admin", "system:masters"));
        administrator = client(kubeconfig);
        new ZoneInstaller(administrator).install(new ZoneSettings(ZONE, DOMAIN, router.port(), 8080, ""));
        masterClient = client(kubeconfig);
        nodes = new PlayedNodes(client(kubeconfig));
        master = Master.start(masterClient, MasterConfig.oneOfSeveral("statemesh:master"));
        master.ready().get(60, TimeUnit.SECONDS);
    }

    Path folder() {
        return folder;
    }

    int httpsPort() {
        return router.port();
    }

    /** A zone folder whose kubeconfig is that of somebody else. */
    Path folderOf(String user) throws IOException {
        Path other = Files.createDirectories(folder.resolve("as-" + user));
        Files.move(kubeconfig(user + ".kubeconfig", new Subject(user)), other.resolve("kubeconfig"));
        return other;
    }

    private Path kubeconfig(String file, Subject subject) {
        Identity identity = issue(file + "-identity", subject, Usage.CLIENT, AlternativeNames.NONE);
        Path path = folder.resolve(file);
        new Kubeconfig(
                        ZONE,
                        subject.commonName(),
                        URI.create("https://127.0.0.1:" + server.port()),
                        authority.certificate(),
                        identity,
                        "default")
                .store(path);
        return path;
    }

    private Identity issue(String file, Subject subject, Usage usage, AlternativeNames names) {
        Identity identity = authority.issue(subject, names, usage, VALID);
        identity.store(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        return identity;
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setClientKeyAlgo("EC");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        router.close();
        nodes.close();
        master.close();
        masterClient.close();
        administrator.close();
        server.close();
    }
}
