// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A node and what runs there. Only the ledger changes it. */
final class NodeState {
    private final int slot;
    private NodeFacts facts;
    private boolean known;
    private Resources free;
    private final TreeMap<String, PlacedPod> pods = new TreeMap<>();
    private final Map<String, Integer> replicas = new HashMap<>();
    private final TreeMap<String, PlacedPod> nominated = new TreeMap<>();

    /** @param slot a small number that no other node has */
    NodeState(String name, int slot) {
        this.slot = slot;
        this.facts = NodeFacts.unknown(name);
        this.free = facts.allocatable();
    }

    int slot() {
        return slot;
    }

    String name() {
        return facts.name();
    }

    NodeFacts facts() {
        return facts;
    }

    /** Whether the API server has such a node; pods can be seen before it and after it. */
    boolean known() {
        return known;
    }

    void put(NodeFacts now) {
        facts = now;
        known = true;
        count();
    }

    void forget() {
        facts = NodeFacts.unknown(name());
        known = false;
        count();
    }

    void add(PlacedPod pod) {
        pods.put(pod.uid(), pod);
        replicas.merge(pod.application(), 1, Integer::sum);
        free = free.minus(pod.resources());
    }

    void remove(PlacedPod pod) {
        pods.remove(pod.uid());
        replicas.computeIfPresent(pod.application(), (application, count) -> count == 1 ? null : count - 1);
        free = free.plus(pod.resources());
    }

    void nominate(PlacedPod pod) {
        nominated.put(pod.uid(), pod);
    }

    void withdraw(String uid) {
        nominated.remove(uid);
    }

    boolean isEmpty() {
        return pods.isEmpty() && nominated.isEmpty();
    }

    Resources free() {
        return free;
    }

    /** What this pod may use: others that were promised room here come first unless they are less important. */
    Resources freeFor(PodRequest pod) {
        if (nominated.isEmpty()) {
            return free;
        }
        Resources left = free;
        for (PlacedPod other : nominated.values()) {
            if (other.priority() >= pod.priority() && !other.uid().equals(pod.uid())) {
                left = left.minus(other.resources());
            }
        }
        return left;
    }

    /** Whether somebody here is less important than this. */
    boolean hasLowerThan(int priority) {
        for (PlacedPod pod : pods.values()) {
            if (pod.priority() < priority) {
                return true;
            }
        }
        return false;
    }

    int replicasOf(String application) {
        return replicas.getOrDefault(application, 0);
    }

    Map<String, Integer> replicas() {
        return Collections.unmodifiableMap(replicas);
    }

    /** By uid. */
    Collection<PlacedPod> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    private void count() {
        free = pods.values().stream().map(PlacedPod::resources).reduce(facts.allocatable(), Resources::minus);
    }
}
