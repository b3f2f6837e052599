// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.statemesh.api.health.HealthDocument;

/** The API as an agent sees it, in memory: keeps pods by uid and tells the listener about changes. It can be taken away. */
public final class FakeApi implements NodeApi {
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> configMaps = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> secrets = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final List<LeaseSpec> leases = new CopyOnWriteArrayList<>();
    private volatile PodListener listener;
    private volatile boolean away;
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    /** A pod bound to the node, as the API server would store it. */
    public synchronized Pod create(Pod pod) {
        pods.put(pod.getMetadata().getUid(), pod);
        if (listener != null && !away) {
            listener.changed(pod);
        }
        return pod;
    }

    /** Graceful deletion: sets the deletion timestamp, as the API server does for a bound pod. */
    public synchronized void delete(String uid, long graceSeconds) {
        Pod pod = new PodBuilder(pods.get(uid))
                .editMetadata()
                .withDeletionTimestamp(Instant.now().plusSeconds(graceSeconds).toString())
                .withDeletionGracePeriodSeconds(graceSeconds)
                .endMetadata()
                .build();
        create(pod);
    }

    /** Removes a pod at once, as a forced deletion does. */
    public synchronized void forget(String uid) {
        Pod pod = pods.remove(uid);
        if (listener != null && !away) {
            listener.gone(pod);
        }
    }

    public Optional<Pod> pod(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    public List<Pod> all() {
        return List.copyOf(pods.values());
    }

    public PodStatus status(String uid) {
        return pods.get(uid).getStatus();
    }

    public void putConfigMap(String name, Map<String, byte[]> data) {
        configMaps.put(name, data);
    }

    public void putSecret(String name, Map<String, byte[]> data) {
        secrets.put(name, data);
    }

    public List<Event> events() {
        return events;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<LeaseSpec> leases() {
        return leases;
    }

    /** Reasons of the events about one pod, in order. */
    public List<String> reasons(String uid) {
        return events.stream()
                .filter(e -> uid.equals(e.getInvolvedObject().getUid()))
                .map(Event::getReason)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** While away, every call fails and no change is told. */
    public synchronized void away(boolean isAway) {
        away = isAway;
        if (!isAway && listener != null) {
            pods.values().forEach(listener::changed);
            listener.listed(List.copyOf(pods.values()));
        }
    }

    /** The next calls fail with these, one after another. */
    public void fail(RuntimeException... next) {
        failures.addAll(List.of(next));
    }

    private void reach() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (away) {
            throw new KubernetesClientException("the API is away");
        }
    }

    @Override
    public synchronized void followPods(PodListener newListener) {
        listener = newListener;
        if (!away) {
            pods.values().forEach(newListener::changed);
            newListener.listed(List.copyOf(pods.values()));
        }
    }

    @Override
    public void followHealth(Consumer<HealthDocument> unused) {}

    @Override
    public void followNodes(NodesListener newListener) {
        newListener.nodes(List.of());
    }

    @Override
    public Node register(Node node) {
        reach();
        nodes.add(node);
        return node;
    }

    @Override
    public void patchNodeStatus(Node node) {
        reach();
        nodes.add(node);
    }

    @Override
    public void renewLease(LeaseSpec lease) {
        reach();
        leases.add(lease);
    }

    @Override
    public synchronized boolean patchPodStatus(Pod pod, PodStatus status) {
        reach();
        Pod known = pods.get(pod.getMetadata().getUid());
        if (known == null) {
            return false;
        }
        create(new PodBuilder(known).withStatus(status).build());
        return true;
    }

    @Override
    public void finishDeletion(Pod pod) {
        reach();
        if (pods.containsKey(pod.getMetadata().getUid())) {
            forget(pod.getMetadata().getUid());
        }
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        reach();
        return Optional.ofNullable(configMaps.get(name));
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String namespace, String name) {
        reach();
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public void record(Event event) {
        reach();
        events.add(event);
    }

    @Override
    public boolean countUp(String namespace, String name, int count, String lastTimestamp) {
        reach();
        events.replaceAll(event -> event.getMetadata().getName().equals(name)
                ? new EventBuilder(event).withCount(count).build()
                : event);
        return true;
    }

    @Override
    public synchronized void close() {
        listener = null;
    }
}
