// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.statemesh.kube.embedded.schema.BuiltinTypes;

/** The kinds of Kubernetes that this server has. */
final class BuiltinResources {
    private static final List<String> NONE = List.of();
    private static final List<String> ALL = List.of("all");

    private final BuiltinTypes types;
    private final List<ResourceType> found = new ArrayList<>();

    private BuiltinResources(BuiltinTypes types) {
        this.types = types;
    }

    static List<ResourceType> of(BuiltinTypes types) {
        BuiltinResources builtin = new BuiltinResources(types);
        builtin.core();
        builtin.groups();
        builtin.reviews();
        return List.copyOf(builtin.found);
    }

    private void core() {
        String core = "api.core.v1.";
        stored("", "Namespace", core, "namespaces", false, List.of("ns"), NONE, Set.of("status", "finalize"));
        stored("", "Node", core, "nodes", false, List.of("no"), NONE, Set.of("status"));
        stored(
                "",
                "Pod",
                core,
                "pods",
                true,
                List.of("po"),
                ALL,
                Set.of("status", "binding", "eviction", "log", "exec", "attach", "portforward"));
        stored("", "Service", core, "services", true, List.of("svc"), ALL, Set.of("status"));
        stored("", "Endpoints", core, "endpoints", true, List.of("ep"), NONE, Set.of());
        stored("", "Secret", core, "secrets", true, NONE, NONE, Set.of());
        stored("", "ConfigMap", core, "configmaps", true, List.of("cm"), NONE, Set.of());
        stored("", "Event", core, "events", true, List.of("ev"), NONE, Set.of());
        stored("", "ServiceAccount", core, "serviceaccounts", true, List.of("sa"), NONE, Set.of("token"));
        stored("", "ResourceQuota", core, "resourcequotas", true, List.of("quota"), NONE, Set.of("status"));
        answered("", "Binding", core, "bindings", true);
    }

    private void groups() {
        String rbac = "rbac.authorization.k8s.io";
        stored("coordination.k8s.io", "Lease", "api.coordination.v1.", "leases", true, NONE, NONE, Set.of());
        stored("discovery.k8s.io", "EndpointSlice", "api.discovery.v1.", "endpointslices", true, NONE, NONE, Set.of());
        stored(
                "networking.k8s.io",
                "NetworkPolicy",
                "api.networking.v1.",
                "networkpolicies",
                true,
                List.of("netpol"),
                NONE,
                Set.of());
        stored(rbac, "Role", "api.rbac.v1.", "roles", true, NONE, NONE, Set.of());
        stored(rbac, "RoleBinding", "api.rbac.v1.", "rolebindings", true, NONE, NONE, Set.of());
        stored(rbac, "ClusterRole", "api.rbac.v1.", "clusterroles", false, NONE, NONE, Set.of());
        stored(rbac, "ClusterRoleBinding", "api.rbac.v1.", "clusterrolebindings", false, NONE, NONE, Set.of());
        stored(
                "apiextensions.k8s.io",
                "CustomResourceDefinition",
                "apiextensions-apiserver.pkg.apis.apiextensions.v1.",
                "customresourcedefinitions",
                false,
                List.of("crd", "crds"),
                List.of("api-extensions"),
                Set.of("status"));
    }

    private void reviews() {
        String authn = "authentication.k8s.io";
        String authz = "authorization.k8s.io";
        answered(authn, "TokenReview", "api.authentication.v1.", "tokenreviews", false);
        answered(authn, "SelfSubjectReview", "api.authentication.v1.", "selfsubjectreviews", false);
        answered(authz, "SelfSubjectAccessReview", "api.authorization.v1.", "selfsubjectaccessreviews", false);
        answered(authz, "SelfSubjectRulesReview", "api.authorization.v1.", "selfsubjectrulesreviews", false);
        answered(authz, "SubjectAccessReview", "api.authorization.v1.", "subjectaccessreviews", false);
        answered(authz, "LocalSubjectAccessReview", "api.authorization.v1.", "localsubjectaccessreviews", true);
    }

    private void stored(
            String group,
            String kind,
            String definitions,
            String plural,
            boolean namespaced,
            List<String> shortNames,
            List<String> categories,
            Set<String> subresources) {
        add(group, kind, definitions, plural, namespaced, shortNames, categories, subresources, true);
    }

    private void answered(String group, String kind, String definitions, String plural, boolean namespaced) {
        add(group, kind, definitions, plural, namespaced, NONE, NONE, Set.of(), false);
    }

    private void add(
            String group,
            String kind,
            String definitions,
            String plural,
            boolean namespaced,
            List<String> shortNames,
            List<String> categories,
            Set<String> subresources,
            boolean stored) {
        found.add(new ResourceType(
                group,
                "v1",
                plural,
                kind.toLowerCase(Locale.ROOT),
                kind,
                namespaced,
                shortNames,
                categories,
                subresources,
                stored,
                types.schema(definitions + kind),
                null));
    }
}
