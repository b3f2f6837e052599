// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.project;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
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
        List<Pod> left = pods.ofProject(project);
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
        return "";
    }

    private <T extends HasMetadata> void remove(SharedIndexInformer<T> informer, String key) {
        T present = informer.getIndexer().getByKey(key);
        if (present != null) {
            ExactDeletion.delete(client, present);
        }
    }

    /** Pods of applications end with these, in the order in which they should. */
    private static boolean isNobodys(Pod pod) {
        return pod.getMetadata().getOwnerReferences().isEmpty();
    }

    private static boolean isPresent(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() == null;
    }
}
