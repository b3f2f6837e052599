// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.application.Application;
import net.statemesh.zone.cache.ObjectKey;

/**
 * Applications whose status was written and has not come back by the watch yet. Who grants a host must see what was granted a moment
 * ago, or two applications get it.
 */
final class WrittenApplications {
    private final Map<ObjectKey, Application> written = new ConcurrentHashMap<>();

    /** As the API server answered the write. */
    void wrote(Application application) {
        written.put(ObjectKey.of(application), application);
    }

    /** The applications of the cache, where it is behind with what was written instead. */
    List<Application> over(List<Application> cached) {
        return cached.stream().map(this::newer).toList();
    }

    private Application newer(Application cached) {
        ObjectKey key = ObjectKey.of(cached);
        Application mine = written.get(key);
        if (mine == null) {
            return cached;
        }
        boolean behind =
                mine.getMetadata().getUid().equals(cached.getMetadata().getUid()) && version(cached) < version(mine);
        if (behind) {
            return mine;
        }
        written.remove(key, mine);
        return cached;
    }

    void forget(ObjectKey key) {
        written.remove(key);
    }

    /** Resource versions of one object are numbers that grow (KEP-5504). */
    private static long version(Application application) {
        return Long.parseLong(application.getMetadata().getResourceVersion());
    }
}
