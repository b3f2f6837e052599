// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.crd.Definitions;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.zone.leader.ZoneLease;

/**
 * Everything that a zone's API server must hold before the first application.
 *
 * <p>Apply {@link #kept} with server-side apply, field manager {@link net.statemesh.api.FieldManagers#INSTALL}, then create those of the
 * {@link #seeds} that are not there. Doing it again changes nothing.
 */
public final class ZoneManifests {
    /** Where node agents renew their leases; a standard namespace that not every engine makes by itself. */
    public static final String NODE_LEASE_NAMESPACE = "kube-node-lease";

    /** Network policies find namespaces by it; API servers before 1.21 do not set it themselves. */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private ZoneManifests() {}

    /** All of it. */
    public static List<HasMetadata> all(ZoneSettings settings) {
        return Stream.concat(kept(settings).stream(), seeds().stream()).toList();
    }

    /** What the zone keeps as it is here, in an order in which each object finds what it refers to. */
    static List<HasMetadata> kept(ZoneSettings settings) {
        List<HasMetadata> kept = new ArrayList<>();
        kept.add(namespace());
        kept.addAll(definitions());
        kept.addAll(objects(settings));
        return List.copyOf(kept);
    }

    /** Made where there is none, and from then on their owners': a namespace of Kubernetes, and where applications go that name no project. */
    static List<HasMetadata> seeds() {
        Project project = new Project();
        project.setMetadata(
                new ObjectMetaBuilder().withName(SystemNames.DEFAULT_PROJECT).build());
        project.setSpec(ProjectSpec.ownedBy(null));
        Namespace leases = new NamespaceBuilder()
                .withNewMetadata()
                .withName(NODE_LEASE_NAMESPACE)
                .endMetadata()
                .build();
        return List.of(leases, project);
    }

    /** The namespace of the zone itself. */
    static Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(SystemNames.NAMESPACE)
                .addToLabels(NAME_LABEL, SystemNames.NAMESPACE)
                .endMetadata()
                .build();
    }

    /** The CustomResourceDefinitions. */
    static List<HasMetadata> definitions() {
        return List.copyOf(Definitions.all());
    }

    /** Rights and settings. */
    static List<HasMetadata> objects(ZoneSettings settings) {
        return List.of(
                Roles.account(Roles.MASTER),
                Roles.account(Roles.INGRESS),
                Roles.master(),
                Roles.binding(Roles.MASTER, SystemNames.MASTERS_GROUP),
                Roles.masterSecrets(),
                Roles.masterSecretsBinding(),
                Roles.ingress(),
                Roles.binding(Roles.INGRESS, SystemNames.INGRESS_GROUP),
                ZoneLease.free(),
                Roles.leader(),
                Roles.leaderBinding(),
                Roles.projectOwner(),
                Roles.zoneReader(),
                Roles.zoneReaderBinding(),
                settings.toConfigMap());
    }
}
