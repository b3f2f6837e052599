// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Hostnames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomResourceDefinitionsTest {
    private static final String REGENERATE =
            "./build mvn -q test -pl api -Dtest=CustomResourceDefinitionsTest -Dregenerate=true";

    @Test
    void checkedInDefinitionsAreThoseOfTheJavaTypes(@TempDir Path folder) throws IOException {
        Map<String, String> generated = GeneratedDefinitions.generate(folder);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(GeneratedDefinitions.CHECKED_IN);
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Files.writeString(GeneratedDefinitions.CHECKED_IN.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(GeneratedDefinitions.read(GeneratedDefinitions.CHECKED_IN))
                .as("stale definitions: run %s and commit", REGENERATE)
                .isEqualTo(generated);
    }

    /** Kubernetes refuses a definition with half of a scale subresource. */
    @Test
    void scaleNamesBothWantedAndObservedReplicas() {
        assertThat(Definitions.all())
                .flatMap(definition -> definition.getSpec().getVersions())
                .extracting(CustomResourceDefinitionVersion::getSubresources)
                .filteredOn(Objects::nonNull)
                .extracting(CustomResourceSubresources::getScale)
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .allSatisfy(scale -> assertThat(scale.getSpecReplicasPath()).isNotNull())
                .allSatisfy(scale -> assertThat(scale.getStatusReplicasPath()).isNotNull());
    }

    @Test
    void namesAreShortEnoughForTheGeneratedHost() {
        assertThat(Definitions.all())
                .filteredOn(
                        definition -> definition.getSpec().getNames().getKind().equals("Application"))
                .singleElement()
                .satisfies(definition -> assertThat(definition
                                .getSpec()
                                .getVersions()
                                .getFirst()
                                .getSchema()
                                .getOpenAPIV3Schema()
                                .getProperties()
                                .get("metadata")
                                .getProperties()
                                .get("name")
                                .getMaxLength())
                        .isEqualTo(Hostnames.MAX_APPLICATION_NAME_LENGTH));
    }
}
