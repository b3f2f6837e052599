// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import java.util.Map;

/** The rules of built-in kinds by resource id. */
public final class BuiltinRules {
    private static final KindRules NONE = new KindRules() {};
    private static final KindRules ROLES = new RoleRules();
    private static final String RBAC = ".rbac.authorization.k8s.io";

    private static final Map<String, KindRules> RULES = Map.ofEntries(
            Map.entry("namespaces", new NamespaceRules()),
            Map.entry("pods", new PodRules()),
            Map.entry("services", new ServiceRules()),
            Map.entry("secrets", new SecretRules(true)),
            Map.entry("configmaps", new SecretRules(false)),
            Map.entry("events", new EventRules()),
            Map.entry("leases.coordination.k8s.io", new LeaseRules()),
            Map.entry("networkpolicies.networking.k8s.io", new NetworkPolicyRules()),
            Map.entry("roles" + RBAC, ROLES),
            Map.entry("clusterroles" + RBAC, ROLES),
            Map.entry("rolebindings" + RBAC, ROLES),
            Map.entry("clusterrolebindings" + RBAC, ROLES));

    private BuiltinRules() {}

    public static KindRules of(String resourceId) {
        return RULES.getOrDefault(resourceId, NONE);
    }
}
