// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.project.Project;
import net.statemesh.zone.install.Change.Action;

/** Takes away what {@link ZoneInstaller} brought, and nothing else. Its client is an administrator. */
public final class ZoneUninstaller {
    private final KubernetesClient administrator;
    private final Duration patience;
    private final NamedObjects objects;
    private final Inventory inventory;

    /** @param patience for how long one object may take to go */
    public ZoneUninstaller(KubernetesClient administrator, Duration patience) {
        this.administrator = administrator;
        this.patience = patience;
        this.objects = new NamedObjects(administrator);
        this.inventory = new Inventory(administrator);
    }

    /** What customers have in the zone, as {@code application project/name} or {@code project name}; the default project is the zone's. */
    public List<String> inUse() {
        if (!isInstalled(Application.class)) {
            return List.of();
        }
        Stream<String> applications =
                administrator.resources(Application.class).inAnyNamespace().list().getItems().stream()
                        .map(each -> "application " + each.getMetadata().getNamespace() + "/"
                                + each.getMetadata().getName());
        Stream<String> projects = projects().stream()
                .map(each -> each.getMetadata().getName())
                .filter(name -> !name.equals(SystemNames.DEFAULT_PROJECT))
                .map(name -> "project " + name);
        return Stream.concat(applications, projects).toList();
    }

    /** What {@link #uninstall} would remove, but for what customers have; empty where no zone is. Changes nothing. */
    public List<Change> plan() {
        return inventory.read().reversed().stream()
                .filter(name -> objects.find(name) != null)
                .map(name -> Change.of(Action.REMOVE, name))
                .toList();
    }

    /**
     * Removes the zone: projects with all that is in them, then rights and settings, then the definitions, and last the namespace with
     * the inventory, so that the same call goes on where one has ended early. A second time it does nothing.
     *
     * @param removed told of each object that is gone
     * @return what still is not gone after the time given: a project ends only while a master runs
     */
    public List<String> uninstall(Consumer<String> removed) {
        List<ObjectName> installed = List.copyOf(inventory.read().reversed());
        List<ObjectName> projects = isInstalled(Project.class)
                ? projects().stream().map(ObjectName::of).toList()
                : List.of();
        List<String> left = remove(projects, removed);
        for (int i = 0; i < installed.size() && left.isEmpty(); i++) {
            left = remove(List.of(installed.get(i)), removed);
        }
        return left;
    }

    private List<Project> projects() {
        return administrator.resources(Project.class).list().getItems();
    }

    /** All at once, since they end at the same time. */
    private List<String> remove(List<ObjectName> names, Consumer<String> removed) {
        List<ObjectName> present =
                names.stream().filter(name -> objects.find(name) != null).toList();
        present.forEach(name -> objects.resource(name).ifPresent(Resource::delete));
        List<String> left = new ArrayList<>();
        for (ObjectName name : present) {
            (isGone(name) ? removed : (Consumer<String>) left::add).accept(name.spoken());
        }
        return left;
    }

    private boolean isGone(ObjectName name) {
        if (objects.find(name) == null) {
            return true;
        }
        try {
            objects.resource(name)
                    .ifPresent(resource ->
                            resource.waitUntilCondition(Objects::isNull, patience.toMillis(), TimeUnit.MILLISECONDS));
            return true;
        } catch (KubernetesClientTimeoutException e) {
            return false;
        }
    }

    /** A kind of that name may be somebody else's. */
    private boolean isInstalled(Class<? extends HasMetadata> kind) {
        String definition = HasMetadata.getFullResourceName(kind);
        return inventory.read().stream()
                .anyMatch(name -> name.kind().equals("CustomResourceDefinition")
                        && name.name().equals(definition)
                        && objects.find(name) != null);
    }
}
