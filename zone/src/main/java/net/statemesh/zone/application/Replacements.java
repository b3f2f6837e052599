// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Priority;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.plan.application.Action;
import net.statemesh.zone.plan.application.NodePresence;
import net.statemesh.zone.plan.replacement.Turns;
import net.statemesh.zone.queue.WorkQueue;

/** Holds the creation of replicas back until it is their application's turn, while replicas of dead nodes are replaced. */
final class Replacements {
    private final ZoneCache cache;
    private final Function<String, NodePresence> nodes;
    private final EventRecorder events;
    private final WorkQueue<ObjectKey> queue;
    private final Clock clock;
    private final Turns turns = new Turns();
    private final Map<String, ObjectKey> waiting = new HashMap<>();
    private final Set<String> dead = new HashSet<>();

    Replacements(
            ZoneCache cache,
            Function<String, NodePresence> nodes,
            EventRecorder events,
            WorkQueue<ObjectKey> queue,
            Clock clock) {
        this.cache = cache;
        this.nodes = nodes;
        this.events = events;
        this.queue = queue;
        this.clock = clock;
    }

    /** Of a plan, what may be done now; the rest is looked at again when it is the application's turn. */
    synchronized List<Action> admit(Application application, List<Pod> replicas, List<Action> planned) {
        Set<String> lostOn = replicas.stream()
                .filter(this::isLost)
                .map(pod -> pod.getSpec().getNodeName())
                .collect(Collectors.toSet());
        if (lostOn.isEmpty() && turns.isIdle()) {
            return planned;
        }
        Instant now = clock.instant();
        ObjectKey key = ObjectKey.of(application);
        String name = key.toString();
        boolean madeRoom = turns.onTheirWay(name, starting(replicas));
        List<Action> admitted = planned;
        if (lostOn.isEmpty()) {
            turns.need(name, 0, 0, 0);
            waiting.remove(name);
        } else {
            lineUp(lostOn);
            admitted = inTurn(application, replicas, planned, now);
        }
        if (madeRoom) {
            turns.next(readyNodes(), now).stream()
                    .filter(waiting::containsKey)
                    .map(waiting::get)
                    .forEach(queue::add);
        }
        return admitted;
    }

    private List<Action> inTurn(Application application, List<Pod> replicas, List<Action> planned, Instant now) {
        ObjectKey key = ObjectKey.of(application);
        String name = key.toString();
        int priority = application.getSpec().priority().value();
        int ready = (int) replicas.stream()
                .filter(pod -> StatusConditions.isReady(pod) && !isLost(pod))
                .count();
        int wanted =
                (int) planned.stream().filter(Action.Create.class::isInstance).count();
        turns.need(name, priority, ready, wanted);
        int granted = turns.granted(name, readyNodes(), now);
        List<Action> admitted = new ArrayList<>();
        int made = 0;
        for (Action action : planned) {
            if (!(action instanceof Action.Create(Pod pod, String ignored))) {
                admitted.add(action);
            } else if (made < granted) {
                made++;
                turns.started(name, pod.getMetadata().getName(), now);
                admitted.add(action);
            }
        }
        turns.need(name, priority, ready, wanted - made);
        if (made == wanted) {
            waiting.remove(name);
        } else {
            letWait(application, key, wanted - made);
        }
        return List.copyOf(admitted);
    }

    private void letWait(Application application, ObjectKey key, int held) {
        if (waiting.put(key.toString(), key) == null) {
            events.record(
                    application,
                    EventRecorder.NORMAL,
                    Reason.REPLACEMENT_WAITS,
                    held + " replicas of dead nodes are replaced when it is their turn: at most "
                            + Turns.STARTING_PER_NODE
                            + " start for each ready node at a time, those of higher priority first");
        }
        queue.addAfter(key, Turns.PATIENCE);
    }

    /** All who lost replicas on a node get in line before the first of them is served. */
    private void lineUp(Set<String> lostOn) {
        dead.removeIf(node -> nodes.apply(node) != NodePresence.DEAD);
        Set<String> news = lostOn.stream().filter(dead::add).collect(Collectors.toSet());
        if (news.isEmpty()) {
            return;
        }
        Map<String, List<Pod>> lost = cache.pods().getIndexer().list().stream()
                .filter(pod -> news.contains(String.valueOf(pod.getSpec().getNodeName())))
                .collect(Collectors.groupingBy(ZoneCache::applicationKey));
        lost.remove("");
        lost.forEach((name, pods) -> turns.need(name, priority(pods.getFirst()), 0, pods.size()));
    }

    private static int priority(Pod pod) {
        String label = pod.getMetadata().getLabels().get(Labels.PRIORITY);
        return Priority.ofLabel(String.valueOf(label)).orElse(Priority.NORMAL).value();
    }

    /** The application is no more. */
    synchronized void forget(ObjectKey key) {
        turns.forget(key.toString());
        waiting.remove(key.toString());
    }

    private Set<String> starting(List<Pod> replicas) {
        return replicas.stream()
                .filter(pod -> !StatusConditions.isReady(pod) && !isLost(pod))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private boolean isLost(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node != null && nodes.apply(node) == NodePresence.DEAD;
    }

    private int readyNodes() {
        return (int) cache.nodes().getIndexer().list().stream()
                .filter(node -> nodes.apply(node.getMetadata().getName()) == NodePresence.PRESENT)
                .count();
    }
}
