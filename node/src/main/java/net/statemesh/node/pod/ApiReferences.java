// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.container.References;
import net.statemesh.node.kube.NodeApi;

/** {@link References} asked of the API each time, so that a restart sees what is true then. */
record ApiReferences(NodeApi api, String namespace) implements References {
    @Override
    public Optional<Map<String, byte[]>> configMap(String name) {
        return asked("ConfigMap " + name, () -> api.configMap(namespace, name));
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String name) {
        return asked("Secret " + name, () -> api.secret(namespace, name));
    }

    private <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw new StateMeshException(
                    NodeErrors.REFERENCE_MISSING,
                    "cannot read " + what + " of namespace " + namespace + ": " + e.getMessage(),
                    List.of(),
                    List.of(),
                    e);
        }
    }
}
