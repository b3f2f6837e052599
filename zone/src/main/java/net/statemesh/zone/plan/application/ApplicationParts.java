// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Application;

/** What says of an object that it is a part of an application, and goes with it. */
final class ApplicationParts {
    private static final String MANAGED_BY = "statemesh";

    private ApplicationParts() {}

    /**
     * Name, labels and owner of a part.
     *
     * @param id of the application
     * @param part no other part of the same kind has it
     */
    static ObjectMetaBuilder metadata(Application application, String id, String part) {
        String project = application.getMetadata().getNamespace();
        String name = application.getMetadata().getName();
        return new ObjectMetaBuilder()
                .withNamespace(project)
                .withName(name + "-" + id + "-" + part)
                .withLabels(Map.of(
                        Labels.PROJECT, project,
                        Labels.APPLICATION, name,
                        Labels.APPLICATION_ID, id,
                        Labels.MANAGED_BY, MANAGED_BY))
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(ApiGroup.API_VERSION)
                        .withKind("Application")
                        .withName(name)
                        .withUid(application.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build());
    }
}
