// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.store.History.Scope;
import net.statemesh.kube.embedded.store.Journal.JournalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every object of the server. Reads come from memory; one thread writes: it takes all pending writes, commits them to the journal
 * in one transaction, makes them visible in revision order, and only then answers.
 */
public final class ObjectStore implements AutoCloseable {
    /** Writes that may wait for the writer; more callers block. */
    static final int MAX_PENDING_WRITES = 1024;
    /** Writes in one transaction. */
    static final int MAX_GROUP = 256;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

    private final Journal journal;
    private final StoreBudget budget;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(MAX_PENDING_WRITES);
    private final Thread writer;

    private final ParsedTrees trees = new ParsedTrees();
    private final Object lock = new Object();
    private final Map<String, TreeMap<ObjectKey, StoredObject>> objects = new HashMap<>();
    private final History history;
    private long revision;
    private volatile boolean closed;
    private volatile String lastRefusal = "";

    private record Pending(Write write, CompletableFuture<WriteResult> result) {}

    private ObjectStore(Journal journal, StoreBudget budget) throws JournalException {
        this.journal = journal;
        this.budget = budget;
        this.revision = journal.load((key, at, json) -> {
            StoredObject found = new StoredObject(key, at, json, trees);
            budget.add(found);
            apply(found);
        });
        this.history = new History(revision);
        this.writer = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
        writer.start();
    }

    /** Opens or makes the store in a folder. */
    public static ObjectStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            return over(
                    new SqliteJournal(folder.resolve("objects.sqlite")),
                    StoreBudget.ofHeap(Runtime.getRuntime().maxMemory()));
        } catch (JournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static ObjectStore over(Journal journal, StoreBudget budget) throws JournalException {
        return new ObjectStore(journal, budget);
    }

    public @Nullable StoredObject get(ObjectKey key) {
        synchronized (lock) {
            TreeMap<ObjectKey, StoredObject> of = objects.get(key.resource());
            return of == null ? null : of.get(key);
        }
    }

    /** All objects of a resource at one revision, in order of namespace and name. */
    public Listing list(String resource, String namespace) {
        synchronized (lock) {
            TreeMap<ObjectKey, StoredObject> of = objects.get(resource);
            Collection<StoredObject> found = of == null
                    ? List.of()
                    : namespace.isEmpty()
                            ? of.values()
                            : of.subMap(
                                            new ObjectKey(resource, namespace, ""),
                                            new ObjectKey(resource, namespace + '\0', ""))
                                    .values();
            return new Listing(revision, List.copyOf(found));
        }
    }

    /** Every object of every resource, for indexes built at start. */
    public Listing all() {
        synchronized (lock) {
            List<StoredObject> found = new ArrayList<>();
            objects.values().forEach(of -> found.addAll(of.values()));
            return new Listing(revision, found);
        }
    }

    /**
     * Objects at one instant.
     *
     * @param revision the store's revision when the objects were read
     */
    public record Listing(long revision, List<StoredObject> objects) {}

    public long revision() {
        synchronized (lock) {
            return revision;
        }
    }

    /** Calls back with the revision up to which every listener has been told. */
    public void atRevision(LongConsumer use) {
        synchronized (lock) {
            use.accept(revision);
        }
    }

    /** What keeps the store from taking writes; empty when nothing does. */
    public List<String> problems() {
        if (closed) {
            return List.of("store: is closed");
        }
        String why = lastRefusal;
        return why.isEmpty() ? List.of() : List.of("store: the last write was refused by the disk: " + why);
    }

    /** Blocks while too many writes are pending; the future ends after the fsync. */
    public CompletableFuture<WriteResult> submit(Write write) throws InterruptedException {
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        queue.put(new Pending(write, result));
        if (closed) {
            result.complete(new WriteResult.Refused("the server is shutting down"));
        }
        return result;
    }

    /**
     * Calls the listener for every change of a resource after {@code since}, in order, without a gap; it must return at once.
     *
     * @param resource empty for every resource
     * @param namespace empty for every namespace
     * @return false when changes after {@code since} are no longer remembered
     */
    public boolean subscribe(String resource, String namespace, long since, ChangeListener listener) {
        Scope scope = new Scope(resource, namespace);
        synchronized (lock) {
            return history.replay(since, scope, listener::changed) && history.add(scope, listener);
        }
    }

    /** Like {@link #subscribe}, starting with a listing at the same instant. */
    public <T> T listAndSubscribe(
            String resource, String namespace, Function<Listing, T> use, ChangeListener listener) {
        synchronized (lock) {
            T used = use.apply(list(resource, namespace));
            history.add(new Scope(resource, namespace), listener);
            return used;
        }
    }

    public void unsubscribe(String resource, String namespace, ChangeListener listener) {
        synchronized (lock) {
            history.remove(new Scope(resource, namespace), listener);
        }
    }

    /** Oldest revision from which a watch can start. */
    public long oldestWatchable() {
        synchronized (lock) {
            return history.oldest();
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            List<Pending> group = new ArrayList<>();
            while (!closed) {
                group.add(queue.take());
                queue.drainTo(group, MAX_GROUP - 1);
                answer(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("store writer stops");
        } finally {
            closed = true;
            journal.close();
            List<Pending> left = new ArrayList<>();
            queue.drainTo(left);
            left.forEach(each -> each.result().complete(new WriteResult.Refused("the server is shutting down")));
        }
    }

    /** Commits a group; nobody waits for an answer for ever, whatever goes wrong. */
    private void answer(List<Pending> group) {
        try {
            commit(group);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a group of {} writes failed", group.size(), e);
            group.forEach(each -> each.result().completeExceptionally(e));
        }
    }

    private void commit(List<Pending> group) {
        Map<ObjectKey, Change> latest = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        List<Pending> accepted = new ArrayList<>();
        Map<Pending, WriteResult> stale = new HashMap<>();
        long next = revision();
        for (Pending pending : group) {
            Write write = pending.write();
            StoredObject current = current(write.key(), latest);
            long at = current == null ? Write.ABSENT : current.revision();
            if (at != write.expectedRevision()) {
                stale.put(pending, new WriteResult.Stale(current));
                continue;
            }
            Change change = change(write, current, next + 1);
            String refusal = budget.refusal(change);
            if (!refusal.isEmpty()) {
                pending.result().complete(new WriteResult.Full(refusal));
                continue;
            }
            budget.add(change);
            next++;
            latest.put(write.key(), change);
            changes.add(change);
            accepted.add(pending);
        }
        if (!changes.isEmpty()) {
            finish(changes, accepted, next);
        }
        // told only now, so that whoever reads again finds what made the write stale; if that failed on the disk, the
        // old state
        stale.forEach((pending, result) -> pending.result().complete(result));
    }

    private void finish(List<Change> changes, List<Pending> accepted, long last) {
        try {
            journal.append(changes, last);
        } catch (JournalException e) {
            lastRefusal = String.valueOf(e.getMessage());
            changes.forEach(budget::undo);
            LOG.error("the disk refused {} writes: {}", changes.size(), e.getMessage());
            accepted.forEach(each -> each.result().complete(new WriteResult.Refused(String.valueOf(e.getMessage()))));
            return;
        }
        lastRefusal = "";
        synchronized (lock) {
            for (Change change : changes) {
                if (change.removed()) {
                    remove(change.object().key());
                } else {
                    apply(change.object());
                }
                revision = change.revision();
                history.append(change);
            }
        }
        for (int i = 0; i < accepted.size(); i++) {
            accepted.get(i)
                    .result()
                    .complete(new WriteResult.Done(changes.get(i).object()));
        }
    }

    private @Nullable StoredObject current(ObjectKey key, Map<ObjectKey, Change> latest) {
        Change pending = latest.get(key);
        return pending == null ? get(key) : pending.removed() ? null : pending.object();
    }

    private Change change(Write write, @Nullable StoredObject current, long revision) {
        Meta.of(write.tree()).put("resourceVersion", Long.toString(revision));
        StoredObject next = new StoredObject(write.key(), revision, Json.bytes(write.tree()), trees, write.tree());
        return new Change(next, current, write.remove());
    }

    private void apply(StoredObject object) {
        objects.computeIfAbsent(object.key().resource(), r -> new TreeMap<>()).put(object.key(), object);
    }

    private void remove(ObjectKey key) {
        TreeMap<ObjectKey, StoredObject> of = objects.get(key.resource());
        if (of != null) {
            of.remove(key);
        }
    }
}
