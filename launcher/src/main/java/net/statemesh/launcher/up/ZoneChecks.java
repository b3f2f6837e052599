// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.supervisor.Listening;

/** Whether the parts of a zone do their work; each answer says what is missing, or nothing. */
public final class ZoneChecks {
    private final ZoneRecord zone;
    private final KubernetesClient client;

    public ZoneChecks(ZoneRecord zone, KubernetesClient client) {
        this.zone = zone;
        this.client = client;
    }

    /** The API answers, and the master has written down what the zone is. */
    public Optional<String> masterMissing() {
        try {
            String answer = client.raw("/readyz");
            if (!"ok".equals(String.valueOf(answer).strip())) {
                return Optional.of("/readyz answers: " + answer);
            }
            ConfigMap settings = client.configMaps()
                    .inNamespace(SystemNames.NAMESPACE)
                    .withName(SystemNames.ZONE_CONFIG_MAP)
                    .get();
            return settings == null
                    ? Optional.of("the zone's settings are not written yet: ConfigMap " + SystemNames.NAMESPACE + "/"
                            + SystemNames.ZONE_CONFIG_MAP)
                    : Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(zone.apiUrl() + "/readyz: " + cause(e));
        }
    }

    public Optional<String> nodeMissing(String name) {
        try {
            Node node = client.nodes().withName(name).get();
            if (node == null) {
                return Optional.of(name + " has not registered yet");
            }
            List<NodeCondition> conditions =
                    node.getStatus() == null ? List.of() : node.getStatus().getConditions();
            Optional<NodeCondition> ready = conditions.stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .findFirst();
            return ready.filter(condition -> condition.getStatus().equals("True"))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(name + " is not ready: "
                            + ready.map(NodeCondition::getMessage).orElse("it has no condition Ready"));
        } catch (KubernetesClientException e) {
            return Optional.of("node " + name + ": " + cause(e));
        }
    }

    public Optional<String> ingressMissing() {
        for (int port : List.of(zone.httpsPort(), zone.httpPort())) {
            if (!Listening.at("127.0.0.1:" + port)) {
                return Optional.of("nothing listens at port " + port);
            }
        }
        return Optional.empty();
    }

    private static String cause(KubernetesClientException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
