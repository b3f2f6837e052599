// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the CustomResourceDefinitions that ship with this room. */
public final class Definitions {
    private static final List<String> FILES =
            List.of("projects.yaml", "applications.yaml", "releases.yaml", "histories.yaml");

    private Definitions() {}

    /** Every definition that a zone needs. */
    public static List<CustomResourceDefinition> all() {
        KubernetesSerialization serialization = new KubernetesSerialization();
        return FILES.stream().map(file -> read(serialization, file)).toList();
    }

    private static CustomResourceDefinition read(KubernetesSerialization serialization, String file) {
        try (InputStream yaml = Definitions.class.getResourceAsStream(file)) {
            if (yaml == null) {
                throw new IllegalStateException("missing from the class path: " + file);
            }
            return serialization.unmarshal(yaml, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
