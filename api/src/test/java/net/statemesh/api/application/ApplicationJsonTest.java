// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationJsonTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void absentFieldsHaveTheirDefaults() {
        Application application = read("""
                apiVersion: statemesh.net/v1alpha1
                kind: Application
                metadata: {name: shop}
                spec:
                  containers:
                  - {name: web, image: shop, ports: [{port: 80}], readinessProbe: {http: {port: 80}}}
                """);
        ApplicationSpec spec = application.getSpec();
        assertThat(spec.replicas()).isEqualTo(1);
        assertThat(spec.stopped()).isFalse();
        assertThat(spec.updateStrategy()).isEqualTo(UpdateStrategy.ROLLING);
        assertThat(spec.terminationGracePeriodSeconds()).isEqualTo(30);
        assertThat(spec.entrypoints()).isEmpty();
        ContainerSpec web = spec.containers().getFirst();
        assertThat(web.ports()).containsExactly(PortSpec.tcp(80));
        assertThat(web.readinessProbe()).isEqualTo(ProbeSpec.http("/", 80, 10));
    }

    @Test
    void everythingSurvivesWritingAndReading() {
        Application application = new Application();
        application.getMetadata().setName("shop");
        application.setSpec(ApplicationSpec.of(ContainerSpec.of("web", "shop")
                        .withCommand(List.of("/bin/shop"), List.of("-v"))
                        .withEnv(List.of(EnvVariable.of("A", ""))))
                .replicas(0)
                .updateStrategy(UpdateStrategy.SIMULTANEOUS)
                .requirements(new Requirements(
                        List.of(Requirements.NodeClass.BARE_METAL),
                        "eu",
                        null,
                        List.of("avx2"),
                        1,
                        true,
                        Requirements.NodeAddress.PUBLIC,
                        List.of(Requirements.DiskClass.NVME)))
                .stopped(true)
                .build());
        Application read = read(serialization.asYaml(application));
        assertThat(read.getSpec()).isEqualTo(application.getSpec());
        assertThat(read.getMetadata().getName()).isEqualTo("shop");
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() {
        Application application = read("""
                apiVersion: statemesh.net/v1alpha1
                kind: Application
                metadata: {name: shop}
                spec: {containers: [{name: web, image: shop, volumes: []}], volumes: []}
                status: {phase: Serving, later: 1}
                """);
        assertThat(application.getStatus().phase()).isEqualTo(Phase.SERVING);
    }

    private Application read(String yaml) {
        return serialization.unmarshal(yaml, Application.class);
    }
}
