// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Release;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectPhase;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import net.statemesh.zone.install.ZoneInstaller;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A real API server, installed as a launcher does it, a master with its own rights only, and nodes run by {@link FakeKubelet}. */
public final class TestZone implements AutoCloseable {
    static final ZoneSettings SETTINGS =
            new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "127.0.0.1:5000");

    private final Path folder;
    private final CertificateAuthority authority;
    private final ApiServer server;
    private final FakeKubelet kubelet;
    private Master master;
    private KubernetesClient masterClient;
    private final KubernetesClient admin;

    private TestZone(Path folder) {
        this.folder = folder;
        this.authority = CertificateAuthority.create(
                "test", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom());
        authority.store(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        issue(
                "server",
                new Subject("kube"),
                Usage.SERVER,
                new AlternativeNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress())));
        issue("kubelet-client", new Subject("statemesh:api-server"), Usage.CLIENT, AlternativeNames.NONE);
        issue("admin", new Subject("admin", "system:masters"), Usage.CLIENT, AlternativeNames.NONE);
        issue(
                "master",
                new Subject("statemesh:master", SystemNames.MASTERS_GROUP),
                Usage.CLIENT,
                AlternativeNames.NONE);
        this.server = startServer();
        this.admin = client("admin");
        new ZoneInstaller(admin).install(SETTINGS);
        this.kubelet = new FakeKubelet(client("admin"));
    }

    static TestZone start(Path folder) {
        TestZone zone = new TestZone(folder);
        zone.startMaster();
        return zone;
    }

    /** For tests that run a part of a master themselves. */
    public static TestZone withoutMaster(Path folder) {
        return new TestZone(folder);
    }

    /** May do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    public static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(25))
                .ignoreExceptions();
    }

    /** As if the process had been killed: writes in progress may or may not arrive. */
    void killMaster() {
        if (master != null) {
            master.abandon();
            masterClient.close();
            master = null;
        }
    }

    void startMaster() {
        masterClient = client("master");
        master = Master.start(masterClient, MasterConfig.oneOfSeveral("statemesh:master"));
    }

    FakeKubelet kubelet() {
        return kubelet;
    }

    /** With a master, the node renews its lease from now on; without, the test does. */
    public Node addNode(String name, String cpu) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(Labels.HOSTNAME, name)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addToAllocatable("cpu", new Quantity(cpu))
                .addToAllocatable("memory", new Quantity("4Gi"))
                .addToAllocatable("pods", new Quantity("110"))
                .endStatus()
                .build();
        if (master != null) {
            kubelet.live(name);
        }
        Node created = admin.resource(node).create();
        created.setStatus(node.getStatus());
        return admin.resource(created).updateStatus();
    }

    /** Waits until the project can be used. */
    void addProject(String name, ProjectSpec spec) {
        Project project = new Project();
        project.setMetadata(new ObjectMetaBuilder().withName(name).build());
        project.setSpec(spec);
        admin.resource(project).create();
        await().until(() -> project(name).getStatus().phase() == ProjectPhase.READY);
    }

    /** Replaces the zone's settings. */
    void settings(ZoneSettings settings) {
        rawSettings(settings.toConfigMap().getData());
    }

    void rawSettings(Map<String, String> data) {
        admin.configMaps()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(SystemNames.ZONE_CONFIG_MAP)
                .edit(configMap -> {
                    configMap.setData(data);
                    return configMap;
                });
    }

    Project project(String name) {
        return admin.resources(Project.class).withName(name).get();
    }

    void deploy(String project, String name, ApplicationSpec spec) {
        Application application = new Application();
        application.setMetadata(
                new ObjectMetaBuilder().withNamespace(project).withName(name).build());
        application.setSpec(spec);
        admin.resource(application).create();
    }

    void change(String project, String name, UnaryOperator<ApplicationSpec> change) {
        await().until(() -> {
            try {
                admin.resources(Application.class)
                        .inNamespace(project)
                        .withName(name)
                        .edit(application -> {
                            application.setSpec(change.apply(application.getSpec()));
                            return application;
                        });
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == 409) {
                    return false;
                }
                throw e;
            }
        });
    }

    Application application(String project, String name) {
        return admin.resources(Application.class)
                .inNamespace(project)
                .withName(name)
                .get();
    }

    /** Oldest first. */
    List<Release> releases(String project) {
        return admin.resources(Release.class).inNamespace(project).list().getItems().stream()
                .sorted(Comparator.comparing(release -> release.getSpec().number()))
                .toList();
    }

    List<Pod> pods(String project) {
        return admin.pods().inNamespace(project).list().getItems();
    }

    private ApiServer startServer() {
        try {
            return ApiServer.start(new ApiServerConfig(
                    folder.resolve("data"),
                    List.of("127.0.0.1:0"),
                    folder.resolve("server.crt"),
                    folder.resolve("server.key"),
                    folder.resolve("ca.crt"),
                    folder.resolve("kubelet-client.crt"),
                    folder.resolve("kubelet-client.key"),
                    folder.resolve("ca.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void issue(String file, Subject subject, Usage usage, AlternativeNames names) {
        Identity identity = authority.issue(subject, names, usage, Duration.ofHours(12));
        identity.store(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
    }

    /** With the rights of a master; the caller closes it. */
    KubernetesClient masterClient() {
        return client("master");
    }

    private KubernetesClient client(String user) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + server.port())
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withClientCertFile(folder.resolve(user + ".crt").toString())
                .withClientKeyFile(folder.resolve(user + ".key").toString())
                .withClientKeyAlgo("EC")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        killMaster();
        kubelet.close();
        admin.close();
        server.close();
    }
}
