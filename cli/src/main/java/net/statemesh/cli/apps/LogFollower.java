// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.Changes;

/**
 * Follows the logs of all replicas: a reader for each container, which goes on after a restart where the last run ended; a watch brings
 * readers for replicas that come later.
 */
final class LogFollower {
    private static final Duration WATCH_SLICE = Duration.ofHours(1);
    private static final long FIRST_PAUSE_NANOS = 250_000_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

    private final Logs logs;
    private final Supplier<List<Logs.Source>> sources;
    private final String query;
    private final Consumer<Logs.Line> print;
    private final Set<String> followed = ConcurrentHashMap.newKeySet();

    /** {@code query} is for the first request of each container; {@code print} is called by many threads. */
    LogFollower(Logs logs, Supplier<List<Logs.Source>> sources, String query, Consumer<Logs.Line> print) {
        this.logs = logs;
        this.sources = sources;
        this.query = query;
        this.print = print;
    }

    /** Until this thread is interrupted. */
    void follow(ApiClient api, String pods) {
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String version = api.collection(pods)
                        .path("metadata")
                        .path("resourceVersion")
                        .asText();
                startReaders();
                try (Changes changes = new Changes(api.watch(pods, version))) {
                    while (changes.next(WATCH_SLICE)
                            .filter(event -> !Changes.isEnd(event))
                            .isPresent()) {
                        startReaders();
                        pauseNanos = FIRST_PAUSE_NANOS;
                    }
                }
            } catch (StateMeshException e) {
                if (followed.isEmpty()) {
                    throw e; // nothing could be followed at all: say why
                }
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
        }
    }

    private void startReaders() {
        for (Logs.Source source : sources.get()) {
            if (followed.add(source.label())) {
                Thread.ofVirtual().name("logs " + source.label()).start(() -> read(source));
            }
        }
    }

    /** Until the replica is gone. */
    private void read(Logs.Source first) {
        LastLine last = new LastLine();
        Optional<Logs.Source> source = Optional.of(first);
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (source.isPresent()) {
            long before = last.count;
            String from = last.time.isEmpty() ? query : "&sinceTime=" + ApiPaths.encode(last.time);
            try {
                logs.follow(source.get(), from + "&follow=true", line -> {
                    if (last.isNew(line)) {
                        print.accept(line);
                    }
                });
                source = sources.get().stream()
                        .filter(one -> one.label().equals(first.label()))
                        .findFirst();
            } catch (StateMeshException e) {
                // the container waits, or the node is away for a moment: asked again
            }
            pauseNanos = last.count > before ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
            LockSupport.parkNanos(pauseNanos);
        }
        followed.remove(first.label());
    }

    /** How far one reader got. Times are of nanoseconds and of the same length, so that they compare as text. */
    private static final class LastLine {
        private String time = "";
        private long count;

        boolean isNew(Logs.Line line) {
            if (!line.time().isEmpty() && line.time().compareTo(time) <= 0) {
                return false;
            }
            time = line.time().isEmpty() ? time : line.time();
            count++;
            return true;
        }
    }
}
