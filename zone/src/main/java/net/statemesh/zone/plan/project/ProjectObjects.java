// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.project;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectQuota;
import net.statemesh.api.project.ProjectSpec;

/** The objects that a project owns. */
public final class ProjectObjects {
    /** Name of the policy, the quota and the role binding in the project's namespace. */
    public static final String NAME = "statemesh-project";

    private static final String MANAGED_BY = "statemesh";
    private static final String OWNER_ROLE = "statemesh-project-owner";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private final String name;
    private final ProjectSpec spec;

    public ProjectObjects(Project project) {
        this.name = project.getMetadata().getName();
        this.spec = Objects.requireNonNullElseGet(project.getSpec(), () -> ProjectSpec.ownedBy(null));
    }

    public Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels())
                .addToLabels(NAMESPACE_NAME, name)
                .endMetadata()
                .build();
    }

    /** Into the project's pods comes only what is sent by the project itself, or by the zone's own components. */
    public NetworkPolicy networkPolicy() {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(walled())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels(NAMESPACE_NAME, SystemNames.NAMESPACE)
                .endNamespaceSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
    }

    /** The namespace {@code default} may hold pods of somebody else, which are none of the zone's business. */
    private Map<String, String> walled() {
        return name.equals(SystemNames.DEFAULT_PROJECT) ? Map.of(Labels.PROJECT, name) : Map.of();
    }

    /** Empty when nothing is bounded. */
    public Optional<ResourceQuota> resourceQuota() {
        ProjectQuota quota = spec.quota();
        Map<String, Quantity> hard = new LinkedHashMap<>();
        if (quota != null && quota.cpu() != null) {
            hard.put("requests.cpu", quota.cpu());
        }
        if (quota != null && quota.memory() != null) {
            hard.put("requests.memory", quota.memory());
        }
        if (quota != null && quota.pods() != null) {
            hard.put("pods", new Quantity(quota.pods().toString()));
        }
        return hard.isEmpty()
                ? Optional.empty()
                : Optional.of(new ResourceQuotaBuilder()
                        .withMetadata(metadata())
                        .withNewSpec()
                        .withHard(hard)
                        .endSpec()
                        .build());
    }

    /** Empty when the project has no owner. */
    public Optional<RoleBinding> ownerBinding() {
        return Optional.ofNullable(spec.owner())
                .map(owner -> new RoleBindingBuilder()
                        .withMetadata(metadata())
                        .withNewRoleRef(RBAC, "ClusterRole", OWNER_ROLE)
                        .addNewSubject(RBAC, "User", owner, null)
                        .build());
    }

    private ObjectMeta metadata() {
        return new ObjectMetaBuilder()
                .withNamespace(name)
                .withName(NAME)
                .withLabels(labels())
                .build();
    }

    private Map<String, String> labels() {
        return Map.of(Labels.PROJECT, name, Labels.MANAGED_BY, MANAGED_BY);
    }
}
