// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.application.Release;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;

/** The releases as the watch showed them, with the master's own writes on top that the watch has not shown yet. */
final class WrittenReleases {
    private final ZoneCache cache;
    private final Map<ObjectKey, Release> written = new ConcurrentHashMap<>();

    WrittenReleases(ZoneCache cache) {
        this.cache = cache;
        cache.releases().addEventHandler(ChangeHandler.of(present -> {}, gone -> written.remove(ObjectKey.of(gone))));
    }

    /** As the API server answered the write. */
    void wrote(Release release) {
        written.put(ObjectKey.of(release), release);
    }

    /** Those that this application owns. What was written is read first: what the cache shows by then is in it, or was never behind. */
    List<Release> of(ObjectKey application, String uid) {
        Map<ObjectKey, Release> newest = new HashMap<>();
        written.forEach((key, mine) -> {
            if (isOf(mine, application)) {
                newest.put(key, mine);
            }
        });
        for (Release cached : cache.releasesOfApplication(application)) {
            ObjectKey key = ObjectKey.of(cached);
            Release mine = newest.get(key);
            if (mine == null || version(mine) <= version(cached)) {
                newest.put(key, cached);
            }
            if (mine != null && version(mine) <= version(cached)) {
                written.remove(key, mine);
            }
        }
        return newest.values().stream()
                .filter(release -> isOwnedBy(release, uid))
                .toList();
    }

    /** The application is gone, and its releases with it. */
    void forget(ObjectKey application) {
        written.values().removeIf(release -> isOf(release, application));
    }

    private static boolean isOf(Release release, ObjectKey application) {
        return release.getMetadata().getNamespace().equals(application.namespace())
                && release.getSpec().application().equals(application.name());
    }

    private static boolean isOwnedBy(Release release, String uid) {
        return release.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    /** Resource versions of one object are numbers that grow (KEP-5504). */
    private static long version(Release release) {
        return Long.parseLong(release.getMetadata().getResourceVersion());
    }
}
