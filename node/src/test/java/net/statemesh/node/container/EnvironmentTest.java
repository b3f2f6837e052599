// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static final References REFERENCES = new References() {
        @Override
        public Optional<Map<String, byte[]>> configMap(String name) {
            return name.equals("settings") ? Optional.of(Map.of("a", bytes("1"), "b", bytes("2"))) : Optional.empty();
        }

        @Override
        public Optional<Map<String, byte[]>> secret(String name) {
            return name.equals("keys") ? Optional.of(Map.of("token", bytes("t"))) : Optional.empty();
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "$(A)-$(B) | 1-2",
                "$(MISSING) | $(MISSING)",
                "$$(A) | $(A)",
                "$$$(A) | $1",
                "$A | $A",
                "$(A | $(A",
                "end$ | end$",
                "$() | $()"
            })
    void referencesAreExpandedAsInKubernetes(String text, String expanded) {
        assertThat(Expansion.expand(text, Map.of("A", "1", "B", "2"))).isEqualTo(expanded);
    }

    @Test
    void laterVariablesSeeEarlierOnesAndWin() {
        Container container = new ContainerBuilder()
                .withName("c")
                .addNewEnvFrom()
                .withPrefix("P_")
                .withNewConfigMapRef("settings", false)
                .endEnvFrom()
                .withEnv(value("X", "$(P_a)$(Y)"), value("Y", "later"), value("P_b", "mine"))
                .build();
        assertThat(environment(container))
                .containsEntry("P_a", "1")
                .containsEntry("P_b", "mine")
                .containsEntry("X", "1$(Y)");
    }

    @Test
    void fieldsOfThePodAndResourcesOfTheContainerAreThere() {
        Container container = new ContainerBuilder()
                .withName("c")
                .withEnv(
                        field("NAME", "metadata.name"),
                        field("LABEL", "metadata.labels['tier']"),
                        field("IP", "status.podIP"),
                        new EnvVarBuilder()
                                .withName("MEM")
                                .withNewValueFrom()
                                .withNewResourceFieldRef()
                                .withDivisor(new Quantity("1Mi"))
                                .withResource("limits.memory")
                                .endResourceFieldRef()
                                .endValueFrom()
                                .build())
                .withNewResources()
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources()
                .build();
        assertThat(environment(container))
                .containsEntry("NAME", "p")
                .containsEntry("LABEL", "web")
                .containsEntry("IP", "10.0.0.2")
                .containsEntry("MEM", "64");
    }

    @Test
    void missingSecretOrKeyIsNamedUnlessItIsOptional() {
        assertThatThrownBy(() -> environment(secretKey("other", "token", false)))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("Secret other not found");
        assertThatThrownBy(() -> environment(secretKey("keys", "nothing", false)))
                .hasMessageContaining("key nothing in Secret keys");
        assertThat(environment(secretKey("keys", "nothing", true))).doesNotContainKey("V");
        assertThat(environment(secretKey("keys", "token", false))).containsEntry("V", "t");
    }

    private static Container secretKey(String name, String key, boolean optional) {
        return new ContainerBuilder()
                .withName("c")
                .withEnv(new EnvVarBuilder()
                        .withName("V")
                        .withNewValueFrom()
                        .withNewSecretKeyRef(key, name, optional)
                        .endValueFrom()
                        .build())
                .build();
    }

    private static EnvVar value(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef(null, path)
                .endValueFrom()
                .build();
    }

    private static Map<String, String> environment(Container container) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("default")
                .withUid("u")
                .addToLabels("tier", "web")
                .endMetadata()
                .withNewSpec()
                .withContainers(container)
                .endSpec()
                .build();
        return Environment.of(container, new PodFields(pod, "10.0.0.2", "10.0.0.1", Map.of()), REFERENCES);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
