// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import net.statemesh.api.application.Application;
import net.statemesh.zone.cache.ObjectKey;

/**
 * Replicas that the API server refused. The same replica is not tried again before a pause is over, whatever brings the application
 * back: its own status would, at once and for ever.
 */
final class Refusals {
    /** Between two tries. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    private record Refused(String uid, long generation, String why, long untilNanos) {}

    private final Map<ObjectKey, Refused> refused = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What the API server said about this very spec; empty when it may be tried. */
    Optional<String> current(ObjectKey key, Application application) {
        Refused last = refused.get(key);
        if (last == null) {
            return Optional.empty();
        }
        boolean holds = last.uid().equals(application.getMetadata().getUid())
                && last.generation() == generation(application)
                && nanoTime.getAsLong() - last.untilNanos() < 0;
        return holds ? Optional.of(last.why()) : Optional.empty();
    }

    void note(ObjectKey key, Application application, String why) {
        refused.put(
                key,
                new Refused(
                        application.getMetadata().getUid(),
                        generation(application),
                        why,
                        nanoTime.getAsLong() + PAUSE.toNanos()));
    }

    void forget(ObjectKey key) {
        refused.remove(key);
    }

    private static long generation(Application application) {
        Long generation = application.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }
}
