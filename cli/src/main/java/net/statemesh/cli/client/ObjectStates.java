// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * One object as it changes, over as many lists and watches as it takes. An API server that is away for a while (the master restarts) only
 * makes it wait: what was asked for goes on without us.
 */
public final class ObjectStates {
    private static final long FIRST_PAUSE_NANOS = 200_000_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;
    private static final Set<ErrorCode> PASSING = Set.of(ClientErrors.UNREACHABLE, ClientErrors.SERVER);

    private final ApiClient api;
    private final String selected;

    /** The object {@code name} of the collection at {@code path}. */
    public ObjectStates(ApiClient api, String path, String name) {
        this.api = api;
        this.selected = path + "?fieldSelector=" + ApiPaths.encode("metadata.name=" + name);
    }

    /**
     * Shows each state to {@code judge} until it gives a result; empty when it gave none in time.
     *
     * @param judge is given an empty state when there is no such object
     */
    public <T> Optional<T> await(Duration timeout, Function<Optional<JsonNode>, Optional<T>> judge) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        long pauseNanos = FIRST_PAUSE_NANOS;
        StateMeshException failure = null;
        while (deadlineNanos - System.nanoTime() > 0) {
            try {
                Optional<T> result = once(deadlineNanos, judge);
                if (result.isPresent()) {
                    return result;
                }
                failure = null;
            } catch (StateMeshException e) {
                if (!PASSING.contains(e.code())) {
                    throw e;
                }
                failure = e;
            }
            LockSupport.parkNanos(Math.min(pauseNanos, deadlineNanos - System.nanoTime()));
            pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
        }
        return none(failure);
    }

    /** From a list to the end of its watch. */
    private <T> Optional<T> once(long deadlineNanos, Function<Optional<JsonNode>, Optional<T>> judge) {
        JsonNode collection = api.collection(selected);
        JsonNode object = collection.path("items").path(0);
        Optional<T> result = judge.apply(object.isMissingNode() ? Optional.empty() : Optional.of(object));
        if (result.isPresent()) {
            return result;
        }
        String version = collection.path("metadata").path("resourceVersion").asText();
        try (Changes changes = new Changes(api.watch(selected, version))) {
            Optional<Watch.Event> event = changes.next(remaining(deadlineNanos));
            while (event.isPresent() && !Changes.isEnd(event.get())) {
                if (!event.get().type().equals("BOOKMARK")) {
                    boolean gone = event.get().type().equals("DELETED");
                    result = judge.apply(
                            gone ? Optional.empty() : Optional.of(event.get().object()));
                }
                if (result.isPresent()) {
                    return result;
                }
                event = changes.next(remaining(deadlineNanos));
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> none(@Nullable StateMeshException failure) {
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private static Duration remaining(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }
}
