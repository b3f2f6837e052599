// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import net.statemesh.api.SystemNames;

/**
 * What an installation made, in the order in which it was made: the ConfigMap {@code statemesh-system/installed}. It is written before
 * anything else is, so that whatever was begun can be taken away again.
 */
final class Inventory {
    static final String NAME = "installed";
    private static final String KEY = "objects";

    private final KubernetesClient administrator;

    Inventory(KubernetesClient administrator) {
        this.administrator = administrator;
    }

    /** Empty where nothing is installed. */
    SequencedSet<ObjectName> read() {
        ConfigMap found = administrator
                .configMaps()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(NAME)
                .get();
        SequencedSet<ObjectName> names = new LinkedHashSet<>();
        if (found != null && found.getData() != null) {
            found.getData().getOrDefault(KEY, "").lines().map(ObjectName::parse).forEach(names::add);
        }
        return names;
    }

    /** Writes nothing where that is what stands there. */
    void write(SequencedSet<ObjectName> names, PatchContext context) {
        if (!new ArrayList<>(read()).equals(List.copyOf(names))) {
            administrator.resource(configMap(names)).patch(context, configMap(names));
        }
    }

    private static ConfigMap configMap(SequencedSet<ObjectName> names) {
        String lines =
                String.join("\n", names.stream().map(ObjectName::toString).toList());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .withData(Map.of(KEY, lines))
                .build();
    }
}
