// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.statemesh.daemon.Daemon;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the events of some objects in the background, one after another. A repeated one raises the count of the first. */
final class EventWriter implements AutoCloseable {
    static final int MAX_WAITING = 1000;
    static final int MAX_REMEMBERED = 1000;
    /** First digit of the codes of answers that will not be better the next time: the namespace is gone, for example. */
    private static final int CLIENT_ERROR = 4;

    private static final int NOT_FOUND = 404;
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    private record Kind(String objectUid, String reason, String message) {}

    private record Written(String name, int count) {}

    private final KubernetesClient client;
    private final WaitingEvents waiting = new WaitingEvents(MAX_WAITING);
    private final Map<Kind, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Written> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private final Daemon writer;
    private @Nullable Event unsent;

    EventWriter(KubernetesClient client) {
        this.client = client;
        this.writer = Daemon.start("events", Set.of(KubernetesClientException.class), () -> {
            Event next = unsent == null ? waiting.take() : unsent;
            unsent = next;
            write(next);
            unsent = null;
            return Duration.ZERO;
        });
    }

    void add(Event event) {
        waiting.add(event)
                .ifPresent(dropped -> LOG.warn("event dropped: {} {}", dropped.getReason(), dropped.getMessage()));
    }

    private void write(Event event) {
        Kind kind = new Kind(String.valueOf(event.getInvolvedObject().getUid()), event.getReason(), event.getMessage());
        Written before = written.get(kind);
        try {
            if (before == null || !raiseCount(event, before)) {
                client.resource(event).create();
                written.put(kind, new Written(event.getMetadata().getName(), 1));
            } else {
                written.put(kind, new Written(before.name(), before.count() + 1));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() / 100 != CLIENT_ERROR) {
                throw e;
            }
            LOG.debug("event refused: {} {}: {}", event.getReason(), event.getMessage(), e.getMessage());
        }
    }

    /** Gives false when the first event has expired. */
    private boolean raiseCount(Event event, Written before) {
        try {
            client.v1()
                    .events()
                    .inNamespace(event.getMetadata().getNamespace())
                    .withName(before.name())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"count\":" + (before.count() + 1) + ",\"lastTimestamp\":\"" + event.getLastTimestamp()
                                    + "\"}");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
