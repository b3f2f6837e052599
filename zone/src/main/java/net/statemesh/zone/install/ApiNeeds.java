// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.ZoneSettings;

/** What a server must offer before a zone is installed on it: each resource that is installed, or that a role of the zone names. */
public final class ApiNeeds {
    private static final String VERSION = "v1";

    private ApiNeeds() {}

    /** What the server does not offer, as {@code resource (group/version)}; empty when it will do. */
    public static List<String> missing(KubernetesClient client, ZoneSettings settings) {
        return byGroup(ZoneManifests.all(settings)).entrySet().stream()
                .flatMap(each -> missing(client, each.getKey(), each.getValue()))
                .toList();
    }

    private static Stream<String> missing(KubernetesClient client, String groupVersion, Set<String> resources) {
        APIResourceList offered = client.getApiResources(groupVersion);
        List<String> names = offered == null
                ? List.of()
                : offered.getResources().stream().map(APIResource::getName).toList();
        return resources.stream()
                .filter(resource -> !names.contains(resource))
                .map(resource -> resource + " (" + groupVersion + ")");
    }

    private static Map<String, Set<String>> byGroup(List<HasMetadata> objects) {
        Map<String, Set<String>> needs = new TreeMap<>();
        objects.stream()
                .filter(object -> !object.getApiVersion().startsWith(ApiGroup.GROUP))
                .forEach(object -> needs.computeIfAbsent(object.getApiVersion(), group -> new TreeSet<>())
                        .add(object.getPlural()));
        Stream.of(Roles.master(), Roles.ingress(), Roles.projectOwner())
                .flatMap(role -> role.getRules().stream())
                .forEach(rule -> add(needs, rule));
        return needs;
    }

    private static void add(Map<String, Set<String>> needs, PolicyRule rule) {
        for (String group : rule.getApiGroups()) {
            if (!group.equals(ApiGroup.GROUP)) {
                needs.computeIfAbsent(group.isEmpty() ? VERSION : group + "/" + VERSION, each -> new TreeSet<>())
                        .addAll(rule.getResources());
            }
        }
    }
}
