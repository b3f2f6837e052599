// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.gc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.statemesh.kube.embedded.crud.DeleteOptions;
import net.statemesh.kube.embedded.crud.Deleter;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.Change;
import net.statemesh.kube.embedded.store.ChangeListener;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes deletions: owned objects follow their owners (background, foreground, orphan), a namespace takes its contents along, a
 * definition its objects. One thread, woken by changes; what it has to look at is a set, so it is never longer than the store.
 */
public final class Collector implements ChangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final Deleter deleter;
    private final Contents contents;
    private final Consumer<ObjectKey> removed;
    private final Owners owners = new Owners();
    private final Set<Task> dirty = new LinkedHashSet<>();
    private final Thread worker = Thread.ofPlatform().name("collector").daemon().unstarted(this::run);

    /** An object to look at; {@code goneUid} is the uid of one that was removed. */
    private record Task(ObjectKey key, String goneUid) {}

    public Collector(
            ResourceRegistry registry,
            ObjectWriter writer,
            Deleter deleter,
            InstantSource clock,
            Consumer<ObjectKey> removed) {
        this.registry = registry;
        this.writer = writer;
        this.deleter = deleter;
        this.removed = removed;
        this.contents = new Contents(registry, writer, deleter, clock);
    }

    /** Takes note of everything stored, then follows changes. */
    public void start() {
        writer.store()
                .listAndSubscribe(
                        "",
                        "",
                        nothing -> {
                            for (StoredObject each : writer.store().all().objects()) {
                                owners.changed(null, each);
                                note(each, false);
                            }
                            return true;
                        },
                        this);
        worker.start();
    }

    @Override
    public void changed(Change change) {
        owners.changed(change.previous(), change.removed() ? null : change.object());
        note(change.object(), change.removed());
    }

    @Override
    public void close() {
        writer.store().unsubscribe("", "", this);
        worker.interrupt();
    }

    private void note(StoredObject object, boolean removed) {
        ObjectNode tree = object.tree();
        if (removed) {
            // an owner in foreground deletion may have waited for this one
            Owners.references(tree).forEach(owner -> find(object.key(), owner, true));
        }
        if (removed || Meta.deleting(tree) || !Owners.references(tree).isEmpty()) {
            synchronized (dirty) {
                dirty.add(new Task(object.key(), removed ? Meta.uid(tree) : ""));
                dirty.notifyAll();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                examine(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("collector stops");
        }
    }

    private Task next() throws InterruptedException {
        synchronized (dirty) {
            while (dirty.isEmpty()) {
                dirty.wait();
            }
            Iterator<Task> first = dirty.iterator();
            Task task = first.next();
            first.remove();
            return task;
        }
    }

    private void examine(Task task) {
        try {
            if (!task.goneUid().isEmpty()) {
                owners.of(task.goneUid()).forEach(this::reconsider);
                removed.accept(task.key());
            } else {
                StoredObject object = writer.store().get(task.key());
                if (object != null) {
                    examine(object);
                }
            }
            contents.afterRemovalIn(task.key());
        } catch (ApiException e) {
            if (e.code() != 404 && e.code() != 409) {
                LOG.warn("collecting {}: {}", task.key(), e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("collecting {} failed", task.key(), e);
        }
    }

    private void examine(StoredObject object) {
        ObjectNode tree = object.tree();
        if (Meta.deleting(tree)) {
            if (Meta.hasFinalizer(tree, Deleter.ORPHAN)) {
                orphan(object);
            } else if (Meta.hasFinalizer(tree, Deleter.FOREGROUND)) {
                foreground(object);
            }
            contents.empty(object);
            // the last of its blocking dependents may be waited for
            for (JsonNode owner : Owners.references(tree)) {
                find(object.key(), owner, true);
            }
        } else {
            reconsider(object.key());
        }
    }

    /** Deletes an object none of whose owners is left, and forgets owners that are gone. */
    private void reconsider(ObjectKey key) {
        StoredObject object = writer.store().get(key);
        ResourceType type = object == null ? null : type(key);
        if (object == null || type == null || Owners.references(object.tree()).isEmpty()) {
            return;
        }
        int present = 0;
        int absent = 0;
        boolean foreground = false;
        for (JsonNode owner : Owners.references(object.tree())) {
            StoredObject found = find(key, owner, false);
            if (found == null && knows(owner)) {
                absent++;
            } else {
                present++;
                foreground |= found != null
                        && Meta.hasFinalizer(found.tree(), Deleter.FOREGROUND)
                        && Meta.deleting(found.tree());
            }
        }
        if (absent > 0 && present == 0) {
            deleter.delete(type, key, DeleteOptions.ofSystem(Meta.uid(object.tree()), false), false);
        } else if (absent > 0) {
            writer.update(type, key, seen -> without(seen, owner -> knows(owner) && find(key, owner, false) == null));
        } else if (foreground) {
            wake(object);
        }
    }

    private void wake(StoredObject dependent) {
        for (JsonNode owner : Owners.references(dependent.tree())) {
            find(dependent.key(), owner, true);
        }
    }

    private void foreground(StoredObject owner) {
        String uid = Meta.uid(owner.tree());
        boolean blocked = false;
        for (ObjectKey key : owners.of(uid)) {
            StoredObject dependent = writer.store().get(key);
            ResourceType type = type(key);
            if (dependent == null || type == null) {
                continue;
            }
            blocked |= blocks(dependent, uid);
            if (!Meta.deleting(dependent.tree()) && solelyOwned(dependent, uid)) {
                boolean deep = !owners.of(Meta.uid(dependent.tree())).isEmpty();
                deleter.delete(type, key, DeleteOptions.ofSystem(Meta.uid(dependent.tree()), deep), false);
                blocked |= writer.store().get(key) != null && blocks(dependent, uid);
            }
        }
        boolean stillBlocked = blocked
                && owners.of(uid).stream().map(writer.store()::get).anyMatch(each -> each != null && blocks(each, uid));
        if (!stillBlocked) {
            release(owner, Deleter.FOREGROUND);
        }
    }

    private static boolean solelyOwned(StoredObject dependent, String uid) {
        return Owners.references(dependent.tree())
                .valueStream()
                .allMatch(each -> each.path("uid").asText().equals(uid));
    }

    private static boolean blocks(StoredObject dependent, String uid) {
        return Owners.references(dependent.tree())
                .valueStream()
                .anyMatch(each -> each.path("uid").asText().equals(uid)
                        && each.path("blockOwnerDeletion").asBoolean(false));
    }

    private void orphan(StoredObject owner) {
        String uid = Meta.uid(owner.tree());
        for (ObjectKey key : owners.of(uid)) {
            ResourceType type = type(key);
            if (type != null && writer.store().get(key) != null) {
                writer.update(
                        type,
                        key,
                        seen -> without(seen, each -> each.path("uid").asText().equals(uid)));
            }
        }
        release(owner, Deleter.ORPHAN);
    }

    private void release(StoredObject object, String finalizer) {
        ResourceType type = type(object.key());
        if (type != null) {
            writer.update(type, object.key(), seen -> {
                ObjectNode next = seen.copy();
                Meta.removeFinalizer(next, finalizer);
                return next;
            });
        }
    }

    private static ObjectNode without(StoredObject seen, Predicate<JsonNode> unwanted) {
        ObjectNode next = seen.copy();
        ArrayNode left = Json.array();
        Owners.references(next).forEach(each -> {
            if (!unwanted.test(each)) {
                left.add(each);
            }
        });
        if (left.isEmpty()) {
            Meta.of(next).remove("ownerReferences");
        } else {
            Meta.of(next).set("ownerReferences", left);
        }
        return next;
    }

    /** The owner a reference names, if it is there; with {@code wake} it is looked at again. */
    private @Nullable StoredObject find(ObjectKey dependent, JsonNode owner, boolean wake) {
        ResourceType type = registry.findKind(
                owner.path("apiVersion").asText(), owner.path("kind").asText());
        if (type == null) {
            return null;
        }
        StoredObject found = writer.store()
                .get(type.key(dependent.namespace(), owner.path("name").asText()));
        if (found == null || !Meta.uid(found.tree()).equals(owner.path("uid").asText())) {
            return null;
        }
        if (wake && Meta.deleting(found.tree()) && Meta.hasFinalizer(found.tree(), Deleter.FOREGROUND)) {
            synchronized (dirty) {
                dirty.add(new Task(found.key(), ""));
                dirty.notifyAll();
            }
        }
        return found;
    }

    private boolean knows(JsonNode owner) {
        return registry.findKind(
                        owner.path("apiVersion").asText(), owner.path("kind").asText())
                != null;
    }

    private @Nullable ResourceType type(ObjectKey key) {
        return registry.byId(key.resource());
    }
}
