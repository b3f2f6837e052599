// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.selector.FieldSelector;
import net.statemesh.kube.embedded.selector.LabelSelector;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.view.Presenter;

/** get and list. */
final class Reader {
    private final ObjectStore store;
    private final ListSnapshots snapshots;

    Reader(ObjectStore store, ListSnapshots snapshots) {
        this.store = store;
        this.snapshots = snapshots;
    }

    void get(ResourceCall call, Presenter presenter) {
        StoredObject found = store.get(call.key());
        if (found == null) {
            throw call.notFound(call.path().name());
        }
        call.exchange().send(200, "application/json", presenter.one(found));
    }

    void list(ResourceCall call, Presenter presenter) {
        long limit = Numbers.parameter(call.http(), "limit");
        String token = call.http().parameter("continue");
        ListSnapshots.Page page = token.isEmpty() ? first(call, limit) : snapshots.next(call, token, limit);
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(page.revision()));
        if (!page.token().isEmpty()) {
            metadata.put("continue", page.token());
            if (call.http().parameter("labelSelector").isEmpty()
                    && call.http().parameter("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", page.remaining());
            }
        }
        call.exchange().send(200, "application/json", presenter.list(page.objects(), metadata));
    }

    static Predicate<StoredObject> selection(ResourceCall call) {
        LabelSelector labels = LabelSelector.parse(call.http().parameter("labelSelector"));
        FieldSelector fields = FieldSelector.parse(call.http().parameter("fieldSelector"), call.type());
        String name = call.path().name();
        if (labels.requirements().isEmpty() && fields.terms().isEmpty() && name.isEmpty()) {
            return object -> true;
        }
        return object -> (name.isEmpty() || name.equals(object.key().name()))
                && labels.matches(object.tree())
                && fields.matches(object.tree());
    }

    private ListSnapshots.Page first(ResourceCall call, long limit) {
        checkRevision(call);
        Predicate<StoredObject> selection = selection(call);
        ObjectStore.Listing listing = store.list(call.type().id(), call.namespace());
        List<StoredObject> selected =
                listing.objects().stream().filter(selection).toList();
        return snapshots.page(call, new ObjectStore.Listing(listing.revision(), selected), 0, limit);
    }

    /** Exact revisions of the past are not kept: they are answered only when nothing was written since. */
    private void checkRevision(ResourceCall call) {
        String match = call.http().parameter("resourceVersionMatch");
        String wanted = call.http().parameter("resourceVersion");
        if (!match.isEmpty() && wanted.isEmpty()) {
            throw ApiException.badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (!match.isEmpty() && !match.equals("Exact") && !match.equals("NotOlderThan")) {
            throw ApiException.badRequest("resourceVersionMatch: Unsupported value: \"" + match
                    + "\": supported values: \"Exact\", \"NotOlderThan\"");
        }
        long revision = Numbers.parameter(call.http(), "resourceVersion");
        long now = store.revision();
        if (revision > now) {
            throw ApiException.of(504, "Timeout", "Too large resource version: " + revision + ", current: " + now);
        }
        if (match.equals("Exact") && revision != now) {
            throw ApiException.expired("The provided resource version is too old: " + revision + " (" + now + ")");
        }
    }
}
