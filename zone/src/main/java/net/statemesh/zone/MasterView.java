// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import net.statemesh.zone.application.ApplicationTriggers;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.cache.SettingsView;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.queue.WorkQueue;

/**
 * What a master sees of its zone, whether it leads or not.
 *
 * @param applications those that are worth a look, once {@code triggers} are registered
 */
record MasterView(
        ZoneCache cache,
        PodView pods,
        SettingsView settings,
        ApplicationTriggers triggers,
        WorkQueue<ObjectKey> applications)
        implements AutoCloseable {
    /** Sees nothing before its cache is started. */
    static MasterView over(KubernetesClient client, Clock clock) {
        WorkQueue<ObjectKey> applications = new WorkQueue<>();
        ZoneCache cache = new ZoneCache(client);
        PodView pods = new PodView(cache, clock);
        ApplicationTriggers triggers = new ApplicationTriggers(cache, applications);
        SettingsView settings = new SettingsView(cache, triggers::settingsChanged);
        return new MasterView(cache, pods, settings, triggers, applications);
    }

    @Override
    public void close() {
        cache.close();
    }
}
