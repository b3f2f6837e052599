// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.project;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.function.Consumer;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.queue.WorkQueue;

/** Which change makes which project worth a look. */
public final class ProjectTriggers {
    /** Pods change often and only matter for the usage: several changes are looked at together. */
    static final Duration USAGE_DELAY = Duration.ofSeconds(1);

    private ProjectTriggers() {}

    /** From now on changes reach the queue; everything that is there already is added. */
    public static void register(ZoneCache cache, WorkQueue<String> queue) {
        Consumer<String> soon = name -> queue.addAfter(name, USAGE_DELAY);
        onAny(cache.projects(), project -> queue.add(project.getMetadata().getName()));
        onAny(cache.namespaces(), namespace -> queue.add(namespace.getMetadata().getName()));
        onAny(cache.quotas(), quota -> queue.add(quota.getMetadata().getNamespace()));
        onAny(cache.policies(), policy -> queue.add(policy.getMetadata().getNamespace()));
        onAny(cache.roleBindings(), binding -> queue.add(binding.getMetadata().getNamespace()));
        onAny(
                cache.applications(),
                application -> soon.accept(application.getMetadata().getNamespace()));
        onAny(cache.pods(), pod -> soon.accept(pod.getMetadata().getNamespace()));
    }

    private static <T extends HasMetadata> void onAny(SharedIndexInformer<T> informer, Consumer<T> changed) {
        informer.addEventHandler(ChangeHandler.of(changed, changed));
    }
}
