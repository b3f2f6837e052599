// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.statemesh.api.FieldManagers;
import net.statemesh.api.ZoneSettings;
import net.statemesh.zone.install.Change.Action;
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
    private final NamedObjects objects;
    private final Inventory inventory;

    public ZoneInstaller(KubernetesClient administrator) {
        this.administrator = administrator;
        this.objects = new NamedObjects(administrator);
        this.inventory = new Inventory(administrator);
    }

    /** What {@link #install} would do, object by object; changes nothing. */
    public List<Change> plan(ZoneSettings settings) {
        SequencedSet<ObjectName> installed = inventory.read();
        InstallPlan plan = new InstallPlan(administrator, installed);
        List<Change> changes = new ArrayList<>();
        ZoneManifests.kept(settings).forEach(object -> changes.add(plan.kept(object)));
        ZoneManifests.seeds().forEach(object -> changes.add(plan.seeded(object)));
        installed.stream()
                .filter(Predicate.not(names(ZoneManifests.all(settings))::contains))
                .filter(name -> objects.find(name) != null)
                .forEach(name -> changes.add(Change.of(Action.REMOVE, name)));
        return changes;
    }

    /**
     * Applies definitions, rights and settings, and makes the seeds where there are none: these are their owners' to change from then on.
     * Removes what only an earlier version needed. Fabric8's KubernetesClientException when the server refuses or a definition is not
     * served within {@value #ESTABLISHED_SECONDS} s; the same call goes on from there.
     */
    public void install(ZoneSettings settings) {
        apply(ZoneManifests.namespace());
        SequencedSet<ObjectName> before = inventory.read();
        SequencedSet<ObjectName> made = new LinkedHashSet<>(before);
        made.addAll(names(ZoneManifests.kept(settings)));
        ZoneManifests.seeds().stream()
                .map(ObjectName::of)
                .filter(name -> before.contains(name) || objects.find(name) == null)
                .forEach(made::add);
        inventory.write(made, OWN);
        ZoneManifests.definitions().forEach(this::apply);
        ZoneManifests.definitions().forEach(this::awaitEstablished);
        ZoneManifests.objects(settings).forEach(this::apply);
        ZoneManifests.seeds().forEach(this::createUnlessThere);
        SequencedSet<ObjectName> wanted = names(ZoneManifests.all(settings));
        before.reversed().stream().filter(Predicate.not(wanted::contains)).forEach(this::remove);
        made.removeIf(Predicate.not(wanted::contains));
        inventory.write(made, OWN);
    }

    private static SequencedSet<ObjectName> names(List<HasMetadata> objects) {
        SequencedSet<ObjectName> names = new LinkedHashSet<>();
        objects.stream().map(ObjectName::of).forEach(names::add);
        return names;
    }

    private void remove(ObjectName name) {
        objects.resource(name).ifPresent(Resource::delete);
    }

    private void createUnlessThere(HasMetadata object) {
        if (administrator.resource(object).get() == null) {
            administrator.resource(object).create();
        }
    }

    private void apply(HasMetadata object) {
        administrator.resource(object).patch(OWN, object);
    }

    private void awaitEstablished(HasMetadata definition) {
        administrator
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName())
                .waitUntilCondition(ZoneInstaller::isEstablished, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition found) {
        return found != null
                && found.getStatus() != null
                && found.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
