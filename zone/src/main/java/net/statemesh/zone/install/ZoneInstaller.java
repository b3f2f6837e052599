// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.FieldManagers;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/** Brings an API server to what a zone needs; a second time it changes nothing. Its client is an administrator. */
public final class ZoneInstaller {
    private static final long ESTABLISHED_SECONDS = 30;
    private static final PatchContext OWN = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.INSTALL)
            .withForce(true)
            .build();

    private final KubernetesClient administrator;

    public ZoneInstaller(KubernetesClient administrator) {
        this.administrator = administrator;
    }

    /**
     * Applies definitions, rights and settings, and makes the default project where there is none: that one is its owner's to
     * change from then on. Fabric8's KubernetesClientException when the server refuses or a definition is not served within
     * {@value #ESTABLISHED_SECONDS} s.
     */
    public void install(ZoneSettings settings) {
        List<HasMetadata> definitions = ZoneManifests.definitions();
        definitions.forEach(this::apply);
        definitions.forEach(definition -> administrator
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName())
                .waitUntilCondition(ZoneInstaller::isEstablished, ESTABLISHED_SECONDS, TimeUnit.SECONDS));
        ZoneManifests.objects(settings).forEach(this::apply);
        HasMetadata project = ZoneManifests.defaultProject();
        if (administrator.resource(project).get() == null) {
            administrator.resource(project).create();
        }
    }

    private void apply(HasMetadata object) {
        administrator.resource(object).patch(OWN, object);
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition found) {
        return found != null
                && found.getStatus() != null
                && found.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
