// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.expiry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.Change;
import net.statemesh.kube.embedded.store.ChangeListener;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes Events an hour after they were written last, as Kubernetes does, and the oldest of a namespace that has too many. */
public final class EventExpiry implements ChangeListener, AutoCloseable {
    private static final String EVENTS = "events";
    private static final long SWEEP_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(EventExpiry.class);

    private final ObjectWriter writer;
    private final InstantSource clock;
    private final EventAges ages = new EventAges();
    private final AtomicBoolean sweepIsDue = new AtomicBoolean();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-expiry").daemon().factory());

    public EventExpiry(ObjectWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Takes note of the Events there are, then follows changes. */
    public void start() {
        writer.store()
                .listAndSubscribe(
                        EVENTS,
                        "",
                        present -> {
                            present.objects().stream()
                                    .sorted(Comparator.comparing(EventExpiry::created))
                                    .forEach(event -> written(event.key(), created(event)));
                            return true;
                        },
                        this);
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Nobody wrote down when an Event was changed last: after a start its creation counts. */
    private static Instant created(StoredObject event) {
        return Instant.parse(Meta.of(event.tree()).path("creationTimestamp").asText());
    }

    @Override
    public void changed(Change change) {
        ObjectKey key = change.object().key();
        if (change.removed()) {
            synchronized (ages) {
                ages.removed(key);
            }
        } else {
            written(key, clock.instant());
        }
    }

    private void written(ObjectKey key, Instant at) {
        boolean crowded;
        synchronized (ages) {
            ages.written(key, at);
            crowded = ages.isCrowded(key.namespace());
        }
        if (crowded && !sweeper.isShutdown() && sweepIsDue.compareAndSet(false, true)) {
            sweeper.execute(this::sweep);
        }
    }

    void sweep() {
        sweepIsDue.set(false);
        List<ObjectKey> due;
        synchronized (ages) {
            due = ages.due(clock.instant());
        }
        try {
            for (ObjectKey key : due) {
                StoredObject event = writer.store().get(key);
                if (event != null && !writer.remove(event)) {
                    LOG.debug("event={} was written again meanwhile", key);
                }
            }
        } catch (ApiException e) {
            LOG.warn("expired events stay until the next sweep: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("expired events stay until the next sweep", e);
        }
    }

    @Override
    public void close() {
        writer.store().unsubscribe(EVENTS, "", this);
        sweeper.shutdownNow();
    }
}
