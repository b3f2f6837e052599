// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.project;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.api.FieldManagers;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.plan.project.ProjectObjects;
import org.jspecify.annotations.Nullable;

/** Writes the objects of a project where they are missing or differ. */
final class ProjectWalls {
    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.MASTER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final ZoneCache cache;

    ProjectWalls(KubernetesClient client, ZoneCache cache) {
        this.client = client;
        this.cache = cache;
    }

    void build(ProjectObjects objects) {
        Namespace namespace = objects.namespace();
        String name = namespace.getMetadata().getName();
        keep(cache.namespaces(), Optional.of(namespace), name, object -> "");
        String key = new ObjectKey(name, ProjectObjects.NAME).toString();
        keep(cache.policies(), Optional.of(objects.networkPolicy()), key, NetworkPolicy::getSpec);
        keep(cache.quotas(), objects.resourceQuota(), key, ResourceQuota::getSpec);
        keep(cache.roleBindings(), objects.ownerBinding(), key, RoleBinding::getSubjects);
    }

    private <T extends HasMetadata> void keep(
            SharedIndexInformer<T> informer, Optional<T> wanted, String key, Function<T, Object> content) {
        T present = informer.getIndexer().getByKey(key);
        if (wanted.isEmpty()) {
            if (present != null) {
                ExactDeletion.delete(client, present);
            }
        } else if (!isAsWanted(present, wanted.get(), content)) {
            client.resource(wanted.get()).patch(APPLY);
        }
    }

    private static <T extends HasMetadata> boolean isAsWanted(
            @Nullable T present, T wanted, Function<T, Object> content) {
        if (present == null) {
            return false;
        }
        Map<String, String> labels =
                Objects.requireNonNullElse(present.getMetadata().getLabels(), Map.of());
        return labels.entrySet().containsAll(wanted.getMetadata().getLabels().entrySet())
                && Objects.equals(content.apply(present), content.apply(wanted));
    }
}
