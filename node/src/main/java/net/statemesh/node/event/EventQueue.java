// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.statemesh.api.Annotations;
import net.statemesh.daemon.Daemon;
import net.statemesh.node.kube.NodeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to the API in order. While the API is away they wait; the oldest ones of a full queue give way to new ones. */
public final class EventQueue implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int CAPACITY = 500;
    private static final int MAX_MESSAGE = 1_000;
    /** First digit of the codes of answers that will not be better the next time: the namespace is gone, for example. */
    private static final int CLIENT_ERROR = 4;

    private final NodeApi api;
    private final String nodeName;
    private final Clock clock;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong number = new AtomicLong();
    private final EventSeries series = new EventSeries();
    private @Nullable Unsent unsent;
    private final Daemon sender;

    /** Judged once, however often it must be sent. */
    private record Unsent(Event event, EventSeries.Verdict verdict) {}

    public EventQueue(NodeApi api, String nodeName, Clock clock) {
        this.api = api;
        this.nodeName = nodeName;
        this.clock = clock;
        this.sender = Daemon.start("events", Set.of(KubernetesClientException.class), this::sendNext);
    }

    @Override
    public void normal(Pod pod, String reason, String message) {
        put(pod, "Normal", reason, message);
    }

    @Override
    public void warning(Pod pod, String reason, String message) {
        put(pod, "Warning", reason, message);
    }

    private void put(Pod pod, String type, String reason, String message) {
        LOG.info(
                "node={} pod={}/{} reason={} message=\"{}\"",
                nodeName,
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                reason,
                message);
        Event event = event(pod, type, reason, message);
        while (!queue.offer(event)) {
            Event dropped = queue.poll();
            if (dropped != null) {
                LOG.warn("node={} event={} dropped: the API is away for too long", nodeName, dropped.getReason());
            }
        }
    }

    private Event event(Pod pod, String type, String reason, String message) {
        Instant now = clock.instant();
        String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
        String time = Instant.ofEpochSecond(now.getEpochSecond()).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName() + "." + Long.toHexString(now.toEpochMilli()) + "."
                        + Long.toHexString(number.incrementAndGet()))
                .withNamespace(pod.getMetadata().getNamespace())
                .withAnnotations(Map.of(Annotations.ACTOR, nodeName))
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage(text)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource("statemesh-node", nodeName)
                .withReportingComponent("statemesh-node")
                .withReportingInstance(nodeName)
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .build();
    }

    private Duration sendNext() throws InterruptedException {
        Unsent next = unsent == null ? judged(queue.take()) : unsent;
        unsent = next;
        try {
            write(next);
        } catch (KubernetesClientException e) {
            if (e.getCode() / 100 != CLIENT_ERROR) {
                throw e;
            }
            LOG.debug("node={} event={} refused", nodeName, next.event().getReason(), e);
        }
        unsent = null;
        return Duration.ZERO;
    }

    private Unsent judged(Event event) {
        String uid = event.getInvolvedObject().getUid();
        return new Unsent(event, series.next(uid, event.getReason(), event.getMessage(), clock.instant()));
    }

    private void write(Unsent next) {
        Event event = next.event();
        switch (next.verdict()) {
            case EventSeries.Verdict.First() -> create(event);
            case EventSeries.Verdict.Repeats(String name, int count) -> {
                if (api.countUp(event.getMetadata().getNamespace(), name, count, event.getLastTimestamp())) {
                    wrote(event, name, count);
                } else {
                    create(event);
                }
            }
            case EventSeries.Verdict.TooMany() ->
                LOG.debug("node={} event={} not sent: its pod has too many", nodeName, event.getReason());
        }
    }

    private void create(Event event) {
        api.record(event);
        wrote(event, event.getMetadata().getName(), 1);
    }

    private void wrote(Event event, String name, int count) {
        series.wrote(
                event.getInvolvedObject().getUid(),
                event.getReason(),
                event.getMessage(),
                name,
                count,
                clock.instant());
    }

    @Override
    public void close() {
        sender.close();
    }
}
