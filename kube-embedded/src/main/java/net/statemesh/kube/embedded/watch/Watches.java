// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.statemesh.kube.embedded.http.Stream;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.EventType;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.view.Presenter;

/** Starts watches, sends bookmarks, ends watches that reach their time. */
public final class Watches implements AutoCloseable {
    /** Watches at once; more are refused. */
    public static final int MAX_WATCHES = 10_000;
    /** How often a watch that asked for bookmarks gets one. */
    static final Duration BOOKMARK_PERIOD = Duration.ofSeconds(50);
    /** A watch without a timeout of its own ends after this and up to as much again. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** However long a client asks for: what it may see is looked at again when it comes back. */
    static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private final ObjectStore store;
    private final Map<Watcher, Future<?>> running = new ConcurrentHashMap<>();
    private final Set<Bookmarked> bookmarked = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch-timer").factory());

    private record Bookmarked(Watcher watcher, ResourceCall call) {}

    public Watches(ObjectStore store) {
        this.store = store;
        var _ = timer.scheduleAtFixedRate(
                this::sendBookmarks, BOOKMARK_PERIOD.toMillis(), BOOKMARK_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Answers with a stream of events.
     *
     * @param since revision to start after; negative to start with all present objects
     */
    public void start(
            ResourceCall call,
            Presenter presenter,
            Predicate<StoredObject> selection,
            long since,
            long timeoutSeconds) {
        if (running.size() >= MAX_WATCHES) {
            throw ApiException.of(429, "TooManyRequests", "at most " + MAX_WATCHES + " watches are served at once");
        }
        Stream stream = WatchStream.open(call);
        Watcher watcher = new Watcher(call.type().id(), call.namespace(), selection, presenter, stream, this::ended);
        long seconds = timeoutSeconds > 0
                ? Math.min(timeoutSeconds, MAX_TIMEOUT.toSeconds())
                : DEFAULT_TIMEOUT.toSeconds() + ThreadLocalRandom.current().nextLong(DEFAULT_TIMEOUT.toSeconds());
        boolean bookmarks = call.http().flag("allowWatchBookmarks");
        running.put(
                watcher,
                stream.channel().eventLoop().schedule(() -> end(watcher, call, bookmarks), seconds, TimeUnit.SECONDS));
        if (!subscribe(call, watcher, selection, since, bookmarks)) {
            watcher.offer(EventType.frame("ERROR", Json.bytes(tooOld(since).status())));
            watcher.start();
            watcher.finish();
            return;
        }
        if (bookmarks) {
            bookmarked.add(new Bookmarked(watcher, call));
        }
        watcher.start();
    }

    /** Its client may go on from the bookmark instead of from the last event that it saw. */
    private void end(Watcher watcher, ResourceCall call, boolean bookmarks) {
        if (bookmarks) {
            store.atRevision(revision -> watcher.offer(bookmark(call, revision, false)));
        }
        watcher.finish();
    }

    public int running() {
        return running.size();
    }

    /** Ends every watch of a resource, for example because its definition changed. */
    public void stopAll() {
        running.keySet().forEach(Watcher::stop);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stopAll();
    }

    private boolean subscribe(
            ResourceCall call, Watcher watcher, Predicate<StoredObject> selection, long since, boolean bookmarks) {
        if (since >= 0) {
            return store.subscribe(call.type().id(), call.namespace(), since, watcher);
        }
        boolean endMark = bookmarks && call.http().flag("sendInitialEvents");
        return store.listAndSubscribe(
                call.type().id(),
                call.namespace(),
                listing -> {
                    listing.objects().stream().filter(selection).forEach(watcher::existing);
                    if (endMark) {
                        watcher.offer(bookmark(call, listing.revision(), true));
                    }
                    return true;
                },
                watcher);
    }

    private void ended(Watcher watcher) {
        store.unsubscribe(watcher.resource(), watcher.namespace(), watcher);
        Future<?> timeout = running.remove(watcher);
        if (timeout != null) {
            timeout.cancel(false);
        }
        bookmarked.removeIf(each -> each.watcher() == watcher);
    }

    private void sendBookmarks() {
        // under the store's lock every watcher has already been handed each change up to this revision
        store.atRevision(revision ->
                bookmarked.forEach(each -> each.watcher().offer(bookmark(each.call(), revision, false))));
    }

    private static byte[] bookmark(ResourceCall call, long revision, boolean endOfInitial) {
        ObjectNode object = Json.object()
                .put("kind", call.type().kind())
                .put("apiVersion", call.type().apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        metadata.putNull("creationTimestamp");
        if (endOfInitial) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return EventType.frame("BOOKMARK", Json.bytes(object));
    }

    private ApiException tooOld(long since) {
        return ApiException.expired("too old resource version: " + since + " (" + store.oldestWatchable() + ")");
    }
}
