// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that the controllers use. */
class ClientLibraryTest {
    @TempDir
    static Path folder;

    private static TestZone zone;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void serverSideApplyMergesAndReportsOwnership() {
        try (KubernetesClient client = client()) {
            ConfigMap applied = apply(client, "first", "a");
            assertThat(applied.getMetadata().getManagedFields()).hasSize(1);
            ConfigMap both = apply(client, "second", "b");
            assertThat(both.getData()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void informerGoesOnAfterTheServerRestarted() {
        try (KubernetesClient client = client();
                SharedIndexInformer<ConfigMap> informer =
                        client.configMaps().inNamespace("default").inform()) {
            create(client, "before");
            Awaitility.await().until(() -> informer.getIndexer().getByKey("default/before") != null);
            zone.restart();
            create(client, "after");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> informer.getIndexer().getByKey("default/after") != null);
            client.configMaps().inNamespace("default").withName("before").delete();
            Awaitility.await().until(() -> informer.getIndexer().getByKey("default/before") == null);
        }
    }

    private static void create(KubernetesClient client, String name) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
    }

    private static ConfigMap apply(KubernetesClient client, String manager, String key) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("applied")
                .withNamespace("default")
                .endMetadata()
                .addToData(key, "1")
                .build();
        return client.resource(map)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .build());
    }

    private static KubernetesClient client() {
        try {
            Config config = Config.fromKubeconfig(Files.readString(zone.kubeconfig(TestZone.ADMIN)));
            config.setClientKeyAlgo("EC");
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
