// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path below {@code /api/v1} or {@code /apis/GROUP/VERSION}.
 *
 * @param namespace empty for cluster-scoped requests
 * @param name empty for requests on the collection
 * @param subresource empty when there is none
 */
public record ResourcePath(
        String group, String version, String namespace, String resource, String name, String subresource) {

    /** Reads a path; null when it names no resource. */
    public static @Nullable ResourcePath parse(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (parts.size() > 2 && parts.getFirst().equals("api")) {
            return below("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() > 3 && parts.getFirst().equals("apis")) {
            return below(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return null;
    }

    private static @Nullable ResourcePath below(String group, String version, List<String> rest) {
        List<String> parts = rest;
        String namespace = "";
        boolean ofNamespace = parts.size() > 2
                && parts.getFirst().equals("namespaces")
                && !List.of("status", "finalize").contains(parts.get(2));
        if (ofNamespace) {
            namespace = parts.get(1);
            parts = parts.subList(2, parts.size());
        }
        return switch (parts.size()) {
            case 1 -> new ResourcePath(group, version, namespace, parts.getFirst(), "", "");
            case 2 -> named(group, version, namespace, parts, "");
            case 3 -> named(group, version, namespace, parts, parts.get(2));
            default -> null;
        };
    }

    private static ResourcePath named(String group, String version, String namespace, List<String> parts, String sub) {
        // as in Kubernetes, the namespace of a request on a namespace is the namespace itself
        boolean isNamespace = group.isEmpty() && parts.getFirst().equals("namespaces");
        return new ResourcePath(
                group, version, isNamespace ? parts.get(1) : namespace, parts.getFirst(), parts.get(1), sub);
    }
}
