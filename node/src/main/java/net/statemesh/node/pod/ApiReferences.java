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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link References} asked of the API each time, so that a restart sees what is true then. While the API does not answer at all, its last
 * answer holds; a refusal is an answer.
 */
record ApiReferences(NodeApi api, KnownReferences known, String namespace) implements References {
    private static final Logger LOG = LoggerFactory.getLogger(ApiReferences.class);

    @Override
    public Optional<Map<String, byte[]>> configMap(String name) {
        return asked("ConfigMap", name, () -> api.configMap(namespace, name));
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String name) {
        return asked("Secret", name, () -> api.secret(namespace, name));
    }

    private Optional<Map<String, byte[]>> asked(
            String kind, String name, Supplier<Optional<Map<String, byte[]>>> question) {
        try {
            Optional<Map<String, byte[]>> answer = question.get();
            known.learn(kind, namespace, name, answer);
            return answer;
        } catch (KubernetesClientException e) {
            boolean silence = e.getCode() <= 0;
            Optional<Optional<Map<String, byte[]>>> last =
                    silence ? known.recall(kind, namespace, name) : Optional.empty();
            if (last.isPresent()) {
                LOG.info("{}={}/{} as the API said last: it does not answer", kind, namespace, name);
                return last.get();
            }
            throw new StateMeshException(
                    NodeErrors.REFERENCE_MISSING,
                    "cannot read " + kind + " " + name + " of namespace " + namespace + ": " + e.getMessage(),
                    List.of(),
                    List.of(),
                    e);
        }
    }
}
