// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a pod that its containers may ask for (the downward API).
 *
 * @param capacity what the node has, for containers without a limit
 */
public record PodFields(Pod pod, String podIp, String hostIp, Map<String, Quantity> capacity) {
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    /** Value of a {@code fieldRef}. */
    public String field(String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map = map(keyed.group(1));
            return map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels" -> lines(map("labels"));
            case "metadata.annotations" -> lines(map("annotations"));
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> String.valueOf(pod.getSpec().getServiceAccountName());
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            default ->
                throw unknown("fieldPath", path, "metadata.name, metadata.labels['key'], status.podIP and so on");
        };
    }

    /** Value of a {@code resourceFieldRef}; without a limit, what the node has. */
    public String resource(ResourceFieldSelector selector, Container self) {
        Container container = selector.getContainerName() == null ? self : named(selector.getContainerName());
        String[] path = selector.getResource().split("\\.", 2);
        if (path.length != 2 || !List.of("limits", "requests").contains(path[0])) {
            throw unknown(
                    "resource", selector.getResource(), "limits.cpu, limits.memory, requests.cpu, requests.memory");
        }
        var resources = container.getResources();
        Map<String, Quantity> asked =
                resources == null ? null : path[0].equals("limits") ? resources.getLimits() : resources.getRequests();
        Quantity value = asked == null ? null : asked.get(path[1]);
        return divided(
                value != null ? value : capacity.getOrDefault(path[1], new Quantity("0")), selector.getDivisor());
    }

    private static String divided(Quantity value, @Nullable Quantity divisor) {
        BigDecimal by = divisor == null ? BigDecimal.ONE : divisor.getNumericalAmount();
        BigDecimal unit = by.signum() == 0 ? BigDecimal.ONE : by;
        return value.getNumericalAmount().divide(unit, 0, RoundingMode.CEILING).toPlainString();
    }

    private Container named(String name) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("containerName", name, "the name of a container of this pod"));
    }

    private Map<String, String> map(String which) {
        Map<String, String> map = which.equals("labels")
                ? pod.getMetadata().getLabels()
                : pod.getMetadata().getAnnotations();
        return map == null ? Map.of() : map;
    }

    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=\""
                                + e.getValue()
                                        .replace("\\", "\\\\")
                                        .replace("\"", "\\\"")
                                        .replace("\n", "\\n") + "\"")
                        .collect(Collectors.joining("\n"));
    }

    private static StateMeshException unknown(String field, String value, String accepted) {
        return new StateMeshException(
                NodeErrors.REFERENCE_MISSING,
                field + " is '" + value + "'; accepted: " + accepted + ".",
                List.of(),
                List.of());
    }
}
