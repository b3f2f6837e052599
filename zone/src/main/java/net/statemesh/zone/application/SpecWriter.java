// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;

/** Gives an application a spec that it had before, only if nobody has changed it since it was looked at. */
final class SpecWriter {
    private static final String APPLY = "Apply";

    private final KubernetesClient client;

    SpecWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The whole spec but for what is operated. It is written in the name of whoever applied the last one: fields that come back must
     * belong to him again, or his next apply could not take them away.
     */
    void putBack(Application application, ApplicationSpec template) {
        ApplicationSpec now = application.getSpec();
        ApplicationSpec spec = template.toBuilder()
                .replicas(now.replicas())
                .stopped(now.stopped())
                .build();
        Application latest = application;
        Optional<String> applier = applier(application);
        if (applier.isPresent()) {
            Application applied = new Application();
            applied.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(application.getMetadata().getNamespace())
                    .withName(application.getMetadata().getName())
                    .withUid(application.getMetadata().getUid())
                    .withResourceVersion(application.getMetadata().getResourceVersion())
                    .build());
            applied.setSpec(spec);
            latest = client.resource(applied).patch(applyAs(applier.get()), applied);
        }
        if (!latest.getSpec().equals(spec)) {
            Application changed = new Application();
            changed.setMetadata(latest.getMetadata());
            changed.setSpec(spec);
            client.resource(changed).update();
        }
    }

    private static Optional<String> applier(Application application) {
        List<ManagedFieldsEntry> entries =
                Objects.requireNonNullElse(application.getMetadata().getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> APPLY.equals(entry.getOperation()))
                .filter(entry -> entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
                .map(ManagedFieldsEntry::getManager)
                .findFirst();
    }

    private static PatchContext applyAs(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build();
    }
}
