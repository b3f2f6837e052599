// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Keeps paged lists as they were when their first page was read, for a while. */
final class ListSnapshots {
    /** As long as etcd's default compaction in Kubernetes. */
    static final Duration KEPT = Duration.ofMinutes(5);
    /** Paged lists kept at once; the oldest goes first. */
    static final int MAX_SNAPSHOTS = 128;

    private final InstantSource clock;
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();
    private long lastId;

    private record Snapshot(long id, String query, long takenMillis, ObjectStore.Listing listing) {}

    /**
     * @param token continues the list, empty on the last page
     * @param remaining objects after this page
     */
    record Page(long revision, List<StoredObject> objects, String token, int remaining) {}

    ListSnapshots(InstantSource clock) {
        this.clock = clock;
    }

    Page page(ResourceCall call, ObjectStore.Listing listing, int start, long limit) {
        return page(call, listing, start, limit, null);
    }

    Page next(ResourceCall call, String token, long limit) {
        JsonNode parsed = decode(token);
        int start = parsed.path("start").asInt(-1);
        Snapshot snapshot = find(parsed.path("id").asLong(0), query(call));
        if (snapshot == null
                || start < 0
                || start > snapshot.listing().objects().size()) {
            throw ApiException.expired(
                    "The provided continue parameter is too old to display a consistent list result. You must start a new list"
                            + " without the continue parameter.");
        }
        return page(call, snapshot.listing(), start, limit, snapshot);
    }

    private Page page(ResourceCall call, ObjectStore.Listing listing, int start, long limit, @Nullable Snapshot of) {
        int size = listing.objects().size();
        int end = limit == 0 ? size : (int) Math.min(size, start + limit);
        List<StoredObject> objects = listing.objects().subList(start, end);
        if (end == size) {
            return new Page(listing.revision(), objects, "", 0);
        }
        Snapshot snapshot = of == null ? keep(query(call), listing) : of;
        return new Page(listing.revision(), objects, token(snapshot, end), size - end);
    }

    private synchronized Snapshot keep(String query, ObjectStore.Listing listing) {
        forgetOld();
        if (snapshots.size() >= MAX_SNAPSHOTS) {
            snapshots.removeFirst();
        }
        Snapshot snapshot = new Snapshot(++lastId, query, clock.millis(), listing);
        snapshots.addLast(snapshot);
        return snapshot;
    }

    private synchronized @Nullable Snapshot find(long id, String query) {
        forgetOld();
        for (Snapshot each : snapshots) {
            if (each.id() == id && each.query().equals(query)) {
                return each;
            }
        }
        return null;
    }

    private void forgetOld() {
        long oldest = clock.millis() - KEPT.toMillis();
        for (Iterator<Snapshot> all = snapshots.iterator();
                all.hasNext() && all.next().takenMillis() < oldest; ) {
            all.remove();
        }
    }

    /** A token is good only for the list it came from: another caller's or another selection's is not. */
    private static String query(ResourceCall call) {
        return String.join(
                "\n",
                call.type().id(),
                call.namespace(),
                call.user().name(),
                call.http().parameter("labelSelector"),
                call.http().parameter("fieldSelector"));
    }

    private static String token(Snapshot snapshot, int start) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Json.bytes(Json.object().put("id", snapshot.id()).put("start", start)));
    }

    private static JsonNode decode(String token) {
        try {
            return Json.parse(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException | IOException e) {
            throw ApiException.badRequest(
                    "continue key is not valid: it must be the value that the previous page carried");
        }
    }
}
