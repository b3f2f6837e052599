// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.api.Annotations;
import net.statemesh.api.SystemNames;

/**
 * Writes events in the background, those of different objects side by side: each is durable when it is answered, so one writer alone would
 * wait for the disk most of the time. When the API server is away for long, waiting events are dropped and logged: recording must never
 * hold up the work itself.
 */
public final class EventRecorder implements AutoCloseable {
    /** Event type of what is as it should be. */
    public static final String NORMAL = "Normal";
    /** Event type of trouble. */
    public static final String WARNING = "Warning";

    static final int WRITERS = 4;
    private static final int MAX_MESSAGE_LENGTH = 1024;

    private static final SecureRandom UNIQUE = new SecureRandom();

    private final String actor;
    private final Clock clock;
    private final List<EventWriter> writers;

    public EventRecorder(KubernetesClient client, String actor, Clock clock) {
        this.actor = actor;
        this.clock = clock;
        this.writers =
                Stream.generate(() -> new EventWriter(client)).limit(WRITERS).toList();
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
        writers.get(Math.floorMod(event.getInvolvedObject().hashCode(), WRITERS))
                .add(event);
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

    /** Writes what waits no more; whoever closes is about to end the process. */
    @Override
    public void close() {
        writers.forEach(EventWriter::close);
    }
}
