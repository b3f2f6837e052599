// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A zone comes to a cluster, is brought up to date, and leaves it as it was. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
abstract class InstallContract {
    /** The garbage collector of Kubernetes gets to know new kinds every half a minute, and ends no replica before. */
    private static final String PATIENCE_SECONDS = "60";

    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    private static final String SYSTEM = "/api/v1/namespaces/statemesh-system";

    private Path folder = Path.of("");
    private Engine engine;
    private ApiClient admin;
    private ZoneCommand zone;

    abstract Engine start(Path folder);

    @BeforeAll
    final void startEngine(@TempDir Path temporary) {
        folder = temporary;
        engine = start(temporary);
        admin = engine.admin();
        zone = commands("admin", "system:masters");
        Contract.await()
                .until(() -> admin.get("/api/v1/namespaces/default/serviceaccounts/default")
                                .code()
                        == 200);
    }

    @AfterAll
    final void stopEngine() {
        admin.close();
        engine.close();
    }

    @AfterEach
    final void leave() {
        ZoneCommand.Result left = zone.run("uninstall", "--with-projects", "--yes", "--timeout", PATIENCE_SECONDS);
        assertThat(left.exitCode()).as(left.err()).isZero();
    }

    private ZoneCommand commands(String user, String... groups) {
        Path kubeconfig = folder.resolve(user + ".kubeconfig");
        engine.kubeconfig(user, groups).store(kubeconfig);
        return new ZoneCommand(kubeconfig, folder);
    }

    private static ZoneCommand.Result install(ZoneCommand zone, String... more) {
        String[] options = new String[4 + more.length];
        System.arraycopy(new String[] {"--name", "z", "--domain", "example.net"}, 0, options, 0, 4);
        System.arraycopy(more, 0, options, 4, more.length);
        return zone.run("install", options);
    }

    @Test
    void zoneLeavesTheClusterAsItWas() {
        Dump before = Dump.of(admin);
        ZoneCommand.Result installed = install(zone);
        assertThat(installed.exitCode()).as(installed.err()).isZero();
        assertThat(installed.out().lines())
                .contains("  + namespace statemesh-system", "  + clusterrole statemesh-master", "  + project default");
        assertThat(Dump.of(admin).objects().keySet())
                .contains(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions /applications.statemesh.net",
                        ROLES + " /statemesh-master",
                        "/api/v1/configmaps statemesh-system/zone",
                        "/apis/statemesh.net/v1alpha1/projects /default");
        ZoneCommand.Result removed = zone.run("uninstall", "--yes");
        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(removed.out().lines())
                .contains("  - namespace statemesh-system", "  - clusterrole statemesh-ingress", "  - project default");
        Contract.await().untilAsserted(() -> assertThat(Dump.of(admin)).isEqualTo(before));
        assertThat(zone.run("uninstall", "--yes").err()).contains("unchanged  no zone is installed");
    }

    @Test
    void zoneThatWorkedLeavesTheClusterAsItWas() {
        Dump before = Dump.of(admin).withoutTraces();
        assertThat(install(zone).exitCode()).isZero();
        try (KubernetesClient client = engine.fabric8("statemesh:master", "statemesh:masters");
                KubernetesClient customer = engine.fabric8("customer", "system:masters");
                Master master = Master.start(client, MasterConfig.oneOfSeveral("statemesh:master"))) {
            master.ready().join();
            customer.resource(application("shop")).create();
            customer.resource(strangersPod()).create();
            String policies = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
            Contract.await()
                    .until(() -> admin.get(policies).body().path("items").size() == 1);
            Contract.await()
                    .until(() -> admin.get("/api/v1/namespaces/default/pods")
                                    .body()
                                    .path("items")
                                    .size()
                            == 2);
            Dump inUse = Dump.of(admin).withoutTraces();
            ZoneCommand.Result refused = zone.run("uninstall", "--yes");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("SM-INSTALL-003", "application default/shop");
            assertThat(Dump.of(admin).withoutTraces().objects().keySet())
                    .containsAll(inUse.objects().keySet());
            ZoneCommand.Result removed =
                    zone.run("uninstall", "--yes", "--with-projects", "--timeout", PATIENCE_SECONDS);
            assertThat(customer.resource(strangersPod()).get()).isNotNull();
            customer.resource(strangersPod()).withGracePeriod(0).delete();
            assertThat(removed.exitCode())
                    .as(() -> removed.err()
                            + admin.get("/apis/statemesh.net/v1alpha1/projects").body())
                    .isZero();
        }
        Contract.await()
                .untilAsserted(() -> assertThat(Dump.of(admin).withoutTraces()).isEqualTo(before));
    }

    /** In the namespace {@code default}, and none of the zone's business. */
    private static Pod strangersPod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("stranger")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("x:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Application application(String name) {
        Application application = new Application();
        application.getMetadata().setNamespace("default");
        application.getMetadata().setName(name);
        application.setSpec(ApplicationSpec.of(ContainerSpec.of("web", "x:1")).build());
        return application;
    }

    @Test
    void secondInstallationWritesOnlyWhatIsNew() {
        assertThat(install(zone).exitCode()).isZero();
        Dump first = Dump.of(admin);
        ZoneCommand.Result second = install(zone);
        assertThat(second.err()).as(second.out()).contains("unchanged  zone z");
        assertThat(second.out().lines()).singleElement().asString().endsWith("objects stay as they are");
        assertThat(Dump.of(admin)).isEqualTo(first);
        ZoneCommand.Result third = install(zone, "--https-port", "8443");
        assertThat(third.out().lines()).contains("  ~ configmap statemesh-system/zone: data.httpsPort");
        assertThat(admin.get(SYSTEM + "/configmaps/zone").text("/data/httpsPort"))
                .isEqualTo("8443");
    }

    @Test
    void zoneOfAnotherVersionIsBroughtUpToDate() {
        assertThat(install(zone).exitCode()).isZero();
        Dump wanted = Dump.of(admin).withoutTraces();
        String rules = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: %s}, rules: []}";
        for (String role : new String[] {"statemesh-former", "statemesh-master"}) {
            admin.apply(ROLES + "/" + role, "statemesh-install", rules, role).succeeded();
        }
        String installed = admin.get(SYSTEM + "/configmaps/installed").text("/data/objects");
        admin.merge(
                        SYSTEM + "/configmaps/installed",
                        "{data: {objects: \"%s\"}}",
                        (installed + "\nrbac.authorization.k8s.io/v1 ClusterRole /statemesh-former"
                                        + "\nformer.example.net/v1 Forgotten ns/name")
                                .replace("\n", "\\n"))
                .succeeded();
        ZoneCommand.Result upgraded = install(zone);
        assertThat(upgraded.exitCode()).as(upgraded.err()).isZero();
        assertThat(upgraded.out().lines())
                .contains("  ~ clusterrole statemesh-master: rules", "  - clusterrole statemesh-former")
                .noneMatch(line -> line.contains("forgotten"));
        assertThat(Dump.of(admin).withoutTraces()).isEqualTo(wanted);
    }

    @Test
    void rehearsalSaysWhatWouldChangeAndChangesNothing() {
        Dump before = Dump.of(admin);
        ZoneCommand.Result rehearsed = install(zone, "--dry-run");
        assertThat(rehearsed.exitCode()).as(rehearsed.err()).isZero();
        assertThat(rehearsed.out().lines())
                .contains("  + namespace statemesh-system", "  + configmap statemesh-system/zone");
        assertThat(Dump.of(admin)).isEqualTo(before);
        assertThat(install(zone).out()).isEqualTo(rehearsed.out());
        Dump installed = Dump.of(admin);
        assertThat(zone.run("uninstall", "--dry-run").out().lines()).contains("  - clusterrole statemesh-master");
        assertThat(Dump.of(admin)).isEqualTo(installed);
    }

    @Test
    void objectsOfSomebodyElseStay() {
        admin.create(ROLES, "{metadata: {name: statemesh-ingress}, rules: []}").succeeded();
        Dump before = Dump.of(admin);
        ZoneCommand.Result refused = install(zone);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("SM-INSTALL-007", "clusterrole statemesh-ingress");
        assertThat(Dump.of(admin)).isEqualTo(before);
        admin.delete(ROLES + "/statemesh-ingress").succeeded();
    }

    @Test
    void whoMayNotIsToldSoAndNothingChanges() {
        Dump before = Dump.of(admin);
        ZoneCommand.Result refused = install(commands("somebody"));
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("SM-INSTALL-008", "somebody");
        assertThat(Dump.of(admin)).isEqualTo(before);
    }
}
