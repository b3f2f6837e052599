// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import net.statemesh.kube.embedded.object.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
    private static final int ROOM_BYTES = 4_000;
    private static final int ROOM_PER_NAMESPACE_BYTES = 1_000;

    private final Disk disk = new Disk();
    private final ObjectStore store = open();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void writeThatTheDiskRefusesIsNowhere() throws Exception {
        StoredObject first = done(create("a", "x", 10));
        disk.refuses = true;
        assertThat(store.problems()).isEmpty();
        assertThat(create("a", "y", 10)).isInstanceOf(WriteResult.Refused.class);
        assertThat(store.get(key("a", "y"))).isNull();
        assertThat(store.revision()).isEqualTo(first.revision());
        assertThat(store.problems()).singleElement().asString().contains("no space");
        disk.refuses = false;
        assertThat(done(create("a", "y", 10)).revision()).isEqualTo(first.revision() + 1);
        assertThat(store.problems()).isEmpty();
        assertThat(disk.written).hasSize(2);
    }

    @Test
    void failingListenerHarmsNeitherWritersNorOtherListeners() throws Exception {
        List<String> told = new ArrayList<>();
        store.subscribe("", "", store.revision(), change -> {
            throw new IllegalStateException("broken");
        });
        store.subscribe(
                "things",
                "a",
                store.revision(),
                change -> told.add(change.object().key().name()));
        done(create("a", "x", 10));
        done(create("b", "other namespace", 10));
        done(create("a", "y", 10));
        assertThat(told).containsExactly("x", "y");
    }

    @Test
    void namespaceFillsItsOwnShareAndMayAlwaysShrink() throws Exception {
        StoredObject big = done(create("a", "big", ROOM_PER_NAMESPACE_BYTES - 200));
        assertThat(create("a", "more", 300))
                .isInstanceOfSatisfying(
                        WriteResult.Full.class, full -> assertThat(full.why()).contains("namespace a", "1000"));
        done(create("b", "more", 300));
        StoredObject small = done(store.submit(Write.update(big, tree(10))).get());
        done(create("a", "more", 300));
        done(store.submit(Write.remove(small)).get());
    }

    @Test
    void fullStoreTakesRemovals() throws Exception {
        StoredObject last = done(create("n0", "x", 900));
        for (int i = 1; i < 4; i++) {
            last = done(create("n" + i, "x", 900));
        }
        assertThat(create("n5", "x", 900)).isInstanceOf(WriteResult.Full.class);
        done(store.submit(Write.remove(last)).get());
        done(create("n5", "x", 900));
    }

    @Test
    void refusedWritesTakeNoRoom() throws Exception {
        disk.refuses = true;
        for (int i = 0; i < 10; i++) {
            assertThat(create("a", "x", 900)).isInstanceOf(WriteResult.Refused.class);
        }
        disk.refuses = false;
        done(create("a", "x", 900));
    }

    @Test
    void historyForgetsTheOldestAndSaysSo() throws Exception {
        StoredObject first = done(create("a", "x", 10));
        StoredObject now = first;
        for (int i = 0; i < History.MAX_CHANGES; i++) {
            now = done(store.submit(Write.update(now, tree(10))).get());
        }
        assertThat(store.subscribe("things", "", first.revision() - 1, change -> {}))
                .isFalse();
        assertThat(store.subscribe("things", "", store.oldestWatchable(), change -> {}))
                .isTrue();
    }

    private ObjectStore open() {
        try {
            return ObjectStore.over(disk, new StoreBudget(ROOM_BYTES, ROOM_PER_NAMESPACE_BYTES));
        } catch (Journal.JournalException e) {
            throw new IllegalStateException(e);
        }
    }

    private WriteResult create(String namespace, String name, int bytes)
            throws InterruptedException, ExecutionException {
        return store.submit(Write.create(key(namespace, name), tree(bytes))).get();
    }

    private static StoredObject done(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Done.class);
        return ((WriteResult.Done) result).object();
    }

    private static ObjectKey key(String namespace, String name) {
        return new ObjectKey("things", namespace, name);
    }

    private static ObjectNode tree(int bytes) {
        return Json.object().put("text", "x".repeat(bytes));
    }

    /** A disk that can be full. */
    private static final class Disk implements Journal {
        private final List<Change> written = new ArrayList<>();
        private volatile boolean refuses;

        @Override
        public long load(Found each) {
            return 0;
        }

        @Override
        public void append(List<Change> changes, long revision) throws JournalException {
            if (refuses) {
                throw new JournalException("no space left on device", new IllegalStateException());
            }
            written.addAll(changes);
        }

        @Override
        public void close() {}
    }
}
