// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.statemesh.api.Hostnames;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router beside a real API server that comes and goes. */
class RouterWatchTest {
    private static final String PROJECT = "shops";
    private static final String APPLICATION = "shop";

    @TempDir
    private Path folder;

    private ApiServer api;
    private KubernetesClient client;
    private RouterFixture fixture;
    private Backend backend;

    @BeforeEach
    void start() throws Exception {
        Path pki = folder.resolve("pki");
        CertificateAuthority zone = CertificateAuthority.create(
                "zone", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom());
        zone.store(pki.resolve("ca.crt"), pki.resolve("ca.key"));
        AlternativeNames loopback = new AlternativeNames(List.of(), List.of(InetAddress.ofLiteral("127.0.0.1")));
        zone.issue(new Subject("kube"), loopback, Usage.CLIENT_AND_SERVER, Duration.ofHours(1))
                .store(pki.resolve("api.crt"), pki.resolve("api.key"));
        api = startApi(0);
        Identity admin = zone.issue(
                new Subject("admin", "system:masters"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofHours(1));
        Path kubeconfig = folder.resolve("kubeconfig");
        new Kubeconfig(
                        "test",
                        "admin",
                        URI.create("https://127.0.0.1:" + api.port()),
                        zone.certificate(),
                        admin,
                        "default")
                .store(kubeconfig);
        Config access = Config.fromKubeconfig(kubeconfig.toFile());
        access.setClientKeyAlgo("EC");
        client = new KubernetesClientBuilder().withConfig(access).build();
        fixture = RouterFixture.watching(folder, kubeconfig);
        backend = fixture.backend(Backend.answering("hello"));
        client.load(Application.class.getResourceAsStream("/net/statemesh/api/crd/applications.yaml"))
                .serverSideApply();
        for (String namespace : List.of(SystemNames.NAMESPACE, PROJECT)) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        client.resource(RouterFixture.ZONE.toConfigMap()).create();
    }

    @AfterEach
    void stop() {
        fixture.close();
        client.close();
        api.close();
    }

    private ApiServer startApi(int port) throws Exception {
        Path pki = folder.resolve("pki");
        return ApiServer.start(new ApiServerConfig(
                folder.resolve("api"),
                List.of("127.0.0.1:" + port),
                pki.resolve("api.crt"),
                pki.resolve("api.key"),
                pki.resolve("ca.crt"),
                pki.resolve("api.crt"),
                pki.resolve("api.key"),
                pki.resolve("ca.crt")));
    }

    @Test
    void applicationIsServedWhenItsReplicaIsReady() {
        deploy();
        makePod("shop-1", false);
        awaitStatus(503);

        ready("shop-1");
        awaitStatus(200);

        client.pods().inNamespace(PROJECT).withName("shop-1").withGracePeriod(0).delete();
        awaitStatus(503);

        client.resources(Application.class)
                .inNamespace(PROJECT)
                .withName(APPLICATION)
                .delete();
        awaitStatus(404);
    }

    @Test
    void routerServesOnWhileTheApiIsAway() throws Exception {
        deploy();
        makePod("shop-1", true);
        awaitStatus(200);
        int port = api.port();

        api.close();
        assertThat(status()).as("the API is away").isEqualTo(200);
        fixture.restart(() -> {});
        assertThat(status()).as("the router was restarted meanwhile").isEqualTo(200);

        api = startApi(port);
        makePod("shop-2", false);
        client.pods().inNamespace(PROJECT).withName("shop-1").withGracePeriod(0).delete();
        awaitStatus(503);
        ready("shop-2");
        awaitStatus(200);
    }

    private void deploy() {
        Application application = new Application();
        application.getMetadata().setName(APPLICATION);
        application.getMetadata().setNamespace(PROJECT);
        application.setSpec(ApplicationSpec.of(ContainerSpec.of("web", "web:1"))
                .entrypoints(List.of(Entrypoint.toPort(backend.port())))
                .build());
        Application created = client.resource(application).create();
        ApplicationStatus none = ApplicationStatus.NONE;
        created.setStatus(new ApplicationStatus(
                none.phase(),
                "abcde",
                1L,
                null,
                null,
                1,
                1,
                1,
                null,
                List.of(Hostnames.generated(APPLICATION, "abcde", RouterFixture.ZONE)),
                List.of(),
                List.of(),
                List.of()));
        client.resource(created).updateStatus();
    }

    private void makePod(String name, boolean isReady) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(PROJECT)
                        .withName(name)
                        .addToLabels(Labels.APPLICATION, APPLICATION)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("web:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        if (isReady) {
            ready(name);
        }
    }

    private void ready(String name) {
        Pod pod = client.pods().inNamespace(PROJECT).withName(name).get();
        client.resource(new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .withPodIP("127.0.0.1")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private int status() {
        return fixture.connect().get("/").read().status();
    }

    private void awaitStatus(int expected) {
        await().atMost(Duration.ofSeconds(60)).until(() -> status() == expected);
    }
}
