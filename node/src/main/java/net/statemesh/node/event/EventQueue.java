// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.statemesh.api.Annotations;
import net.statemesh.node.kube.NodeApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to the API in order. While the API is away the oldest ones of a full queue give way to new ones. */
public final class EventQueue implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int CAPACITY = 500;
    private static final int MAX_MESSAGE = 1_000;

    private final NodeApi api;
    private final String nodeName;
    private final Clock clock;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong number = new AtomicLong();
    private final Thread sender;

    public EventQueue(NodeApi api, String nodeName, Clock clock) {
        this.api = api;
        this.nodeName = nodeName;
        this.clock = clock;
        this.sender = Thread.ofVirtual().name("events").start(this::send);
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
            queue.poll();
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

    private void send() {
        try {
            while (true) {
                Event event = queue.take();
                try {
                    api.record(event);
                } catch (KubernetesClientException e) {
                    LOG.debug("node={} event={} not sent", nodeName, event.getReason(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
