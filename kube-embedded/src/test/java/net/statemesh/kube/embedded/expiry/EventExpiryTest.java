// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventExpiryTest {
    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
    private static final ObjectKey EVENT = new ObjectKey("events", "team", "shop.1");
    private static final ObjectKey POD = new ObjectKey("pods", "team", "shop");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private ObjectStore store;
    private EventExpiry expiry;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = ObjectStore.open(folder);
    }

    @AfterEach
    void close() {
        expiry.close();
        store.close();
    }

    @Test
    void anEventGoesAndWhatIsNoneStays() throws Exception {
        start();
        write(EVENT);
        write(POD);
        now.set(START.plus(EventAges.KEPT).minusSeconds(1));
        expiry.sweep();
        assertThat(store.get(EVENT)).isNotNull();
        now.set(START.plus(EventAges.KEPT));
        expiry.sweep();
        assertThat(store.get(EVENT)).isNull();
        assertThat(store.get(POD)).isNotNull();
    }

    @Test
    void anEventThatWasThereAtTheStartIsAsOldAsItsCreation() throws Exception {
        write(EVENT);
        now.set(START.plusSeconds(3000));
        start();
        expiry.sweep();
        assertThat(store.get(EVENT)).isNotNull();
        now.set(START.plus(EventAges.KEPT));
        expiry.sweep();
        assertThat(store.get(EVENT)).isNull();
    }

    private void start() {
        expiry = new EventExpiry(new ObjectWriter(store), now::get);
        expiry.start();
    }

    private void write(ObjectKey key) throws Exception {
        ObjectNode object = Json.object();
        object.putObject("metadata")
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("creationTimestamp", START.toString());
        store.submit(Write.create(key, object)).get();
    }
}
