// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import java.util.List;
import net.statemesh.kube.embedded.resource.ResourceType;

/** What discovery says about a subresource: the kind it takes and answers, and its verbs. */
record SubresourceFacts(String group, String version, String kind, List<String> verbs) {

    static SubresourceFacts of(ResourceType type, String name) {
        return switch (name) {
            case "binding" -> new SubresourceFacts("", "v1", "Binding", List.of("create"));
            case "eviction" -> new SubresourceFacts("policy", "v1", "Eviction", List.of("create"));
            case "token" -> new SubresourceFacts("authentication.k8s.io", "v1", "TokenRequest", List.of("create"));
            case "scale" -> new SubresourceFacts("autoscaling", "v1", "Scale", List.of("get", "patch", "update"));
            case "log" -> new SubresourceFacts("", "v1", "Pod", List.of("get"));
            case "exec" -> new SubresourceFacts("", "v1", "PodExecOptions", List.of("create", "get"));
            case "attach" -> new SubresourceFacts("", "v1", "PodAttachOptions", List.of("create", "get"));
            case "portforward" -> new SubresourceFacts("", "v1", "PodPortForwardOptions", List.of("create", "get"));
            case "finalize" -> new SubresourceFacts("", "v1", "Namespace", List.of("update"));
            default ->
                new SubresourceFacts(type.group(), type.version(), type.kind(), List.of("get", "patch", "update"));
        };
    }
}
