// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.statemesh.api.Annotations;
import net.statemesh.api.SystemNames;
import net.statemesh.daemon.Daemon;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events in the background. A repeated event raises the count of the first one. When the API server is away for long, the
 * oldest waiting events are dropped and logged: recording must never hold up the work itself.
 */
public final class EventRecorder implements AutoCloseable {
    /** Event type of what is as it should be. */
    public static final String NORMAL = "Normal";
    /** Event type of trouble. */
    public static final String WARNING = "Warning";

    static final int MAX_WAITING = 1000;
    static final int MAX_REMEMBERED = 1000;
    private static final int MAX_MESSAGE_LENGTH = 1024;
    /** First digit of the codes of answers that will not be better the next time: the namespace is gone, for example. */
    private static final int CLIENT_ERROR = 4;

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    private static final SecureRandom UNIQUE = new SecureRandom();

    private record Kind(String objectUid, String reason, String message) {}

    private record Written(String name, int count) {}

    private final KubernetesClient client;
    private final String actor;
    private final Clock clock;
    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<Kind, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Written> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private final Daemon writer;
    private @Nullable Event unsent;

    public EventRecorder(KubernetesClient client, String actor, Clock clock) {
        this.client = client;
        this.actor = actor;
        this.clock = clock;
        this.writer = Daemon.start("events", Set.of(KubernetesClientException.class), () -> {
            Event next = unsent == null ? waiting.take() : unsent;
            unsent = next;
            write(next);
            unsent = null;
            return Duration.ZERO;
        });
    }

    /**
     * Takes an event down; it is written soon.
     *
     * @param reason one of {@link net.statemesh.api.Reason}
     */
    public void record(HasMetadata about, String type, String reason, String message) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String namespace = about.getMetadata().getNamespace();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "." + suffix())
                .withNamespace(namespace == null ? SystemNames.DEFAULT_PROJECT : namespace)
                .addToAnnotations(Annotations.ACTOR, actor)
                .endMetadata()
                .withInvolvedObject(reference(about))
                .withType(type)
                .withReason(reason)
                .withMessage(
                        message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource(actor, null)
                .withReportingComponent(actor)
                .build();
        while (!waiting.offer(event)) {
            Event dropped = waiting.poll();
            if (dropped != null) {
                LOG.warn("event dropped: {} {}", dropped.getReason(), dropped.getMessage());
            }
        }
    }

    private static String suffix() {
        return Long.toHexString(UNIQUE.nextLong());
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build();
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
            if (e.getCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Writes what waits no more; whoever closes is about to end the process. */
    @Override
    public void close() {
        writer.close();
    }
}
