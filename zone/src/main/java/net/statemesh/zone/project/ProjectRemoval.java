// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.project;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.plan.project.ProjectObjects;

/** Empties a project: applications first, so that every replica gets its time to end; the namespace last. */
final class ProjectRemoval {
    private final KubernetesClient client;
    private final ZoneCache cache;
    private final PodView pods;

    ProjectRemoval(KubernetesClient client, ZoneCache cache, PodView pods) {
        this.client = client;
        this.cache = cache;
        this.pods = pods;
    }

    /** Does what can be done now; gives what is left, for people: empty when nothing is. Comes again with every change. */
    String nextStep(String project) {
        List<Application> applications = cache.applications().getIndexer().list().stream()
                .filter(application -> project.equals(application.getMetadata().getNamespace()))
                .toList();
        applications.stream()
                .filter(ProjectRemoval::isPresent)
                .forEach(application -> ExactDeletion.delete(client, application));
        List<Pod> left = pods.ofProject(project).stream()
                .filter(pod -> isOf(project, pod))
                .toList();
        if (!applications.isEmpty() || !left.isEmpty()) {
            left.stream()
                    .filter(ProjectRemoval::isPresent)
                    .filter(ProjectRemoval::isNobodys)
                    .forEach(pod -> ExactDeletion.delete(client, pod));
            return "ending " + applications.size() + " applications and " + left.size() + " pods";
        }
        if (project.equals(SystemNames.DEFAULT_PROJECT)) {
            return removeWalls(project);
        }
        Namespace namespace = cache.namespaces().getIndexer().getByKey(project);
        if (namespace == null) {
            return "";
        }
        if (isPresent(namespace)) {
            ExactDeletion.delete(client, namespace);
        }
        return "removing the namespace";
    }

    /** The namespace {@code default} cannot be deleted, so only what was put there goes. */
    private String removeWalls(String project) {
        String key = new ObjectKey(project, ProjectObjects.NAME).toString();
        remove(cache.policies(), key);
        remove(cache.quotas(), key);
        remove(cache.roleBindings(), key);
        client.resource(bare(project)).patch(ProjectWalls.APPLY);
        return "";
    }

    /** Who applies a namespace without labels lets go of those that he applied before. */
    private static Namespace bare(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private <T extends HasMetadata> void remove(SharedIndexInformer<T> informer, String key) {
        T present = informer.getIndexer().getByKey(key);
        if (present != null) {
            ExactDeletion.delete(client, present);
        }
    }

    /** In the namespace {@code default} of a cluster may be pods of somebody else. */
    private static boolean isOf(String project, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return !project.equals(SystemNames.DEFAULT_PROJECT)
                || (labels != null && project.equals(labels.get(Labels.PROJECT)));
    }

    /** Pods of applications end with these, in the order in which they should. */
    private static boolean isNobodys(Pod pod) {
        return pod.getMetadata().getOwnerReferences().isEmpty();
    }

    private static boolean isPresent(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() == null;
    }
}
