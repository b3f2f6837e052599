// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.cache;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Release;
import net.statemesh.api.project.Project;
import net.statemesh.zone.install.ZoneManifests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches every object that a controller or the scheduler looks at. Nothing is polled: there is no resync. */
public final class ZoneCache implements AutoCloseable {
    /** Index of pods by {@code namespace/application}. */
    private static final String BY_APPLICATION = "application";

    private static final long NO_RESYNC = 0;
    private static final Logger LOG = LoggerFactory.getLogger(ZoneCache.class);

    private final SharedIndexInformer<Application> applications;
    private final SharedIndexInformer<Release> releases;
    private final SharedIndexInformer<Project> projects;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<Lease> leases;
    private final SharedIndexInformer<Namespace> namespaces;
    private final SharedIndexInformer<ResourceQuota> quotas;
    private final SharedIndexInformer<NetworkPolicy> policies;
    private final SharedIndexInformer<RoleBinding> roleBindings;
    private final SharedIndexInformer<ConfigMap> settings;

    public ZoneCache(KubernetesClient client) {
        applications = prepare(client.resources(Application.class).inAnyNamespace());
        releases = prepare(client.resources(Release.class).inAnyNamespace());
        releases.addIndexers(Map.of(BY_APPLICATION, release -> List.of(applicationKey(release))));
        projects = prepare(client.resources(Project.class));
        pods = prepare(client.pods().inAnyNamespace());
        pods.addIndexers(Map.of(BY_APPLICATION, pod -> List.of(applicationKey(pod))));
        nodes = prepare(client.nodes());
        leases = prepare(client.leases().inNamespace(ZoneManifests.NODE_LEASE_NAMESPACE));
        namespaces = prepare(client.namespaces());
        quotas = prepare(client.resourceQuotas().inAnyNamespace().withLabel(Labels.PROJECT));
        policies =
                prepare(client.network().v1().networkPolicies().inAnyNamespace().withLabel(Labels.PROJECT));
        roleBindings = prepare(client.rbac().roleBindings().inAnyNamespace().withLabel(Labels.PROJECT));
        settings =
                prepare(client.configMaps().inNamespace(SystemNames.NAMESPACE).withName(SystemNames.ZONE_CONFIG_MAP));
    }

    /** Completes when all objects were seen once. Keeps trying while the API server is away. */
    public CompletableFuture<Void> start() {
        return CompletableFuture.allOf(all().stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    public SharedIndexInformer<Application> applications() {
        return applications;
    }

    public SharedIndexInformer<Release> releases() {
        return releases;
    }

    public SharedIndexInformer<Project> projects() {
        return projects;
    }

    public SharedIndexInformer<Pod> pods() {
        return pods;
    }

    public SharedIndexInformer<Node> nodes() {
        return nodes;
    }

    public SharedIndexInformer<Lease> leases() {
        return leases;
    }

    public SharedIndexInformer<Namespace> namespaces() {
        return namespaces;
    }

    public SharedIndexInformer<ResourceQuota> quotas() {
        return quotas;
    }

    public SharedIndexInformer<NetworkPolicy> policies() {
        return policies;
    }

    public SharedIndexInformer<RoleBinding> roleBindings() {
        return roleBindings;
    }

    /** The ConfigMap of the zone's settings alone. */
    SharedIndexInformer<ConfigMap> settings() {
        return settings;
    }

    /** Releases labelled as those of this application, also those of a deleted one of the same name. */
    public List<Release> releasesOfApplication(ObjectKey application) {
        return releases.getIndexer().byIndex(BY_APPLICATION, application.toString());
    }

    /** Pods labelled as replicas of this application, also those of a deleted one of the same name. */
    List<Pod> podsOfApplication(ObjectKey application) {
        return pods.getIndexer().byIndex(BY_APPLICATION, application.toString());
    }

    public List<Pod> podsOfProject(String project) {
        return pods.getIndexer().byIndex(Cache.NAMESPACE_INDEX, project);
    }

    /** {@code namespace/application} of what an application owns; empty for anything else. */
    public static String applicationKey(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String application = labels == null ? null : labels.get(Labels.APPLICATION);
        return application == null ? "" : new ObjectKey(object.getMetadata().getNamespace(), application).toString();
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::stop);
    }

    private List<SharedIndexInformer<? extends HasMetadata>> all() {
        return List.of(
                applications,
                releases,
                projects,
                pods,
                nodes,
                leases,
                namespaces,
                quotas,
                policies,
                roleBindings,
                settings);
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> prepare(Informable<T> resources) {
        SharedIndexInformer<T> informer = resources.runnableInformer(NO_RESYNC);
        informer.exceptionHandler((started, problem) -> {
            LOG.warn(
                    "watching {} failed, will be tried again: {}",
                    informer.getApiTypeClass().getSimpleName(),
                    problem.toString());
            return true;
        });
        return informer;
    }
}
