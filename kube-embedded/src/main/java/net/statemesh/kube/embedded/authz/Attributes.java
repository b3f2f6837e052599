// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import net.statemesh.kube.embedded.request.ResourcePath;

/**
 * What a caller wants to do: either on a resource or on a path that is none.
 *
 * @param path of a non-resource request, else empty
 * @param selectedNode the node whose pods alone a list or watch selects, else empty
 */
public record Attributes(
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path,
        String selectedNode) {

    public Attributes(
            String verb,
            String group,
            String version,
            String resource,
            String subresource,
            String namespace,
            String name,
            String path) {
        this(verb, group, version, resource, subresource, namespace, name, path, "");
    }

    public static Attributes of(String verb, ResourcePath at) {
        return new Attributes(
                verb, at.group(), at.version(), at.resource(), at.subresource(), at.namespace(), at.name(), "");
    }

    public static Attributes ofPath(String verb, String path) {
        return new Attributes(verb, "", "", "", "", "", "", path);
    }

    /** The same request, narrowed by a field selector to one object or one node; empty where it is not. */
    public Attributes selecting(String objectName, String nodeName) {
        return new Attributes(verb, group, version, resource, subresource, namespace, objectName, path, nodeName);
    }

    public boolean onResource() {
        return path.isEmpty();
    }

    /** {@code resource} or {@code resource/subresource}. */
    public String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
}
