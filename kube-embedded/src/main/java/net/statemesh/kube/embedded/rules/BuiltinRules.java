// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import java.util.Map;

/** The rules of built-in kinds by resource id. */
public final class BuiltinRules {
    private static final KindRules NONE = new KindRules() {};
    private static final KindRules ROLES = new RoleRules();
    private static final String RBAC = ".rbac.authorization.k8s.io";

    private static final Map<String, KindRules> RULES = Map.of(
            "namespaces",
            new NamespaceRules(),
            "pods",
            new PodRules(),
            "services",
            new ServiceRules(),
            "secrets",
            new SecretRules(true),
            "configmaps",
            new SecretRules(false),
            "networkpolicies.networking.k8s.io",
            new NetworkPolicyRules(),
            "roles" + RBAC,
            ROLES,
            "clusterroles" + RBAC,
            ROLES,
            "rolebindings" + RBAC,
            ROLES,
            "clusterrolebindings" + RBAC,
            ROLES);

    private BuiltinRules() {}

    public static KindRules of(String resourceId) {
        return RULES.getOrDefault(resourceId, NONE);
    }
}
