// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.SystemNames;
import net.statemesh.zone.leader.ZoneLease;

/** Who may do what in a zone: each role lists what its holder really calls, and nothing else. */
public final class Roles {
    public static final String MASTER = "statemesh-master";
    public static final String INGRESS = "statemesh-ingress";
    /** Bound inside a project's namespace to its owner. */
    public static final String PROJECT_OWNER = "statemesh-project-owner";
    /** Lets everyone who is authenticated read the zone's settings. */
    static final String ZONE_READER = "statemesh-zone-reader";

    /** In the zone's own namespace. */
    static final String LEADER = "statemesh-leader";

    private static final String COORDINATION = "coordination.k8s.io";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String GROUP = "Group";
    private static final String ACCOUNT = "ServiceAccount";
    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private Roles() {}

    static ClusterRole master() {
        return clusterRole(
                MASTER,
                rule(
                        ApiGroup.GROUP,
                        List.of("applications", "projects"),
                        List.of("get", "list", "watch", "update", "patch")),
                rule(ApiGroup.GROUP, List.of("applications"), List.of("delete")),
                rule(
                        ApiGroup.GROUP,
                        List.of(
                                "applications/status",
                                "projects/status",
                                "releases/status",
                                "applications/finalizers",
                                "projects/finalizers"),
                        List.of("update", "patch")),
                rule(ApiGroup.GROUP, List.of("releases"), WRITE),
                rule("", List.of("pods"), WRITE),
                rule("", List.of("pods/log"), List.of("get")),
                rule("", List.of("pods/binding"), List.of("create")),
                rule("", List.of("pods/status", "nodes/status"), List.of("patch")),
                rule("", List.of("nodes"), READ),
                rule("", List.of("namespaces"), WRITE),
                rule("", List.of("resourcequotas"), WRITE),
                rule("", List.of("events"), List.of("list", "watch", "create", "patch")),
                rule(ApiGroup.GROUP, List.of("histories"), List.of("get", "list", "create", "update", "delete")),
                rule(COORDINATION, List.of("leases"), READ),
                rule("networking.k8s.io", List.of("networkpolicies"), WRITE),
                rule(RBAC, List.of("rolebindings"), WRITE),
                new PolicyRuleBuilder()
                        .withApiGroups(RBAC)
                        .withResources("clusterroles")
                        .withResourceNames(PROJECT_OWNER)
                        .withVerbs("bind")
                        .build());
    }

    /** Masters hold the zone's Lease, and make it anew when somebody has deleted it. */
    static Role leader() {
        return new RoleBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(LEADER)
                .endMetadata()
                .withRules(
                        new PolicyRuleBuilder()
                                .withApiGroups(COORDINATION)
                                .withResources("leases")
                                .withResourceNames(ZoneLease.NAME)
                                .withVerbs("get", "update")
                                .build(),
                        rule(COORDINATION, List.of("leases"), List.of("create")))
                .build();
    }

    static RoleBinding leaderBinding() {
        return mastersBinding(LEADER);
    }

    static ClusterRole ingress() {
        return clusterRole(
                INGRESS, rule(ApiGroup.GROUP, List.of("applications"), READ), rule("", List.of("pods", "nodes"), READ));
    }

    /** In the zone's own namespace: the master hands each node its key, and lets nobody else read it. */
    static Role masterSecrets() {
        return new RoleBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(MASTER)
                .endMetadata()
                .withRules(rule("", List.of("secrets"), WRITE), rule(RBAC, List.of("roles", "rolebindings"), WRITE))
                .build();
    }

    static RoleBinding masterSecretsBinding() {
        return mastersBinding(MASTER);
    }

    static ClusterRole projectOwner() {
        return clusterRole(
                PROJECT_OWNER,
                rule(ApiGroup.GROUP, List.of("applications", "applications/scale"), WRITE),
                rule(ApiGroup.GROUP, List.of("applications/status"), List.of("get")),
                rule(ApiGroup.GROUP, List.of("releases"), READ),
                rule("", List.of("secrets", "configmaps"), WRITE),
                rule("", List.of("pods"), List.of("get", "list", "watch", "delete")),
                rule("", List.of("pods/log"), List.of("get")),
                rule("", List.of("pods/exec", "pods/portforward"), List.of("get", "create")),
                rule("", List.of("events", "resourcequotas"), READ),
                rule(ApiGroup.GROUP, List.of("histories"), READ),
                rule("networking.k8s.io", List.of("networkpolicies"), READ));
    }

    static Role zoneReader() {
        return new RoleBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(ZONE_READER)
                .endMetadata()
                .withRules(new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withResourceNames(SystemNames.ZONE_CONFIG_MAP)
                        .withVerbs(READ)
                        .build())
                .build();
    }

    static RoleBinding zoneReaderBinding() {
        return roleBinding(ZONE_READER)
                .addNewSubject(RBAC, GROUP, "system:authenticated", null)
                .build();
    }

    private static RoleBinding mastersBinding(String role) {
        return roleBinding(role)
                .addNewSubject(RBAC, GROUP, SystemNames.MASTERS_GROUP, null)
                .addNewSubject("", ACCOUNT, MASTER, SystemNames.NAMESPACE)
                .build();
    }

    private static RoleBindingBuilder roleBinding(String role) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(role)
                .endMetadata()
                .withNewRoleRef(RBAC, "Role", role);
    }

    /** For those who show a certificate of this organisation, and for those who show a token of the account of the role's name. */
    static ClusterRoleBinding binding(String role, String group) {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .endMetadata()
                .withNewRoleRef(RBAC, "ClusterRole", role)
                .addNewSubject(RBAC, GROUP, group, null)
                .addNewSubject("", ACCOUNT, role, SystemNames.NAMESPACE)
                .build();
    }

    /** Of pods, and of who runs outside the cluster where it does not sign certificates. */
    static ServiceAccount account(String name) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(name)
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }

    private static ClusterRole clusterRole(String name, PolicyRule... rules) {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withRules(rules)
                .build();
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
