// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.crd.Definitions;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.zone.leader.ZoneLease;

/**
 * Everything that a zone's API server must hold before the first application.
 *
 * <p>Apply with server-side apply, field manager {@link net.statemesh.api.FieldManagers#INSTALL}, in this order: first
 * {@link #definitions()}; when each is Established, {@link #objects}. Applying again changes nothing.
 */
public final class ZoneManifests {
    /** Where node agents renew their leases; a standard namespace that not every engine makes by itself. */
    public static final String NODE_LEASE_NAMESPACE = "kube-node-lease";

    private ZoneManifests() {}

    /** The CustomResourceDefinitions. */
    public static List<HasMetadata> definitions() {
        return List.copyOf(Definitions.all());
    }

    /** Everything else that the zone keeps as it is here, in an order in which each object finds what it refers to. */
    public static List<HasMetadata> objects(ZoneSettings settings) {
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(namespace(SystemNames.NAMESPACE));
        objects.add(namespace(NODE_LEASE_NAMESPACE));
        objects.add(Roles.master());
        objects.add(Roles.groupBinding(Roles.MASTER, SystemNames.MASTERS_GROUP));
        objects.add(Roles.masterSecrets());
        objects.add(Roles.masterSecretsBinding());
        objects.add(Roles.ingress());
        objects.add(Roles.groupBinding(Roles.INGRESS, SystemNames.INGRESS_GROUP));
        objects.add(ZoneLease.free());
        objects.add(Roles.leader());
        objects.add(Roles.leaderBinding());
        objects.add(Roles.projectOwner());
        objects.add(Roles.zoneReader());
        objects.add(Roles.zoneReaderBinding());
        objects.add(settings.toConfigMap());
        return List.copyOf(objects);
    }

    private static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    /** Where applications go that name no project; made once, and then its owner's to change. */
    public static Project defaultProject() {
        Project project = new Project();
        project.setMetadata(
                new ObjectMetaBuilder().withName(SystemNames.DEFAULT_PROJECT).build());
        project.setSpec(ProjectSpec.ownedBy(null));
        return project;
    }
}
