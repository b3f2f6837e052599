// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.statemesh.api.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What each node has reserved, kept up to date pod by pod. A pod counts from the decision on ({@link #assume}), so that two pods never
 * get the same room, until it is gone or has ended. Every change costs the same however large the zone is, but that of a node, which is
 * judged anew for each known set of demands. Not safe for use by several threads.
 */
public final class NodeLedger {
    /** Sets of demands whose eligible nodes are remembered; the one that was not used for longest gives way. */
    static final int MAX_DEMANDS = 256;

    private final Map<String, NodeState> states = new HashMap<>();
    private final TreeMap<String, NodeState> nodes = new TreeMap<>();
    private final List<@Nullable NodeState> bySlot = new ArrayList<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final CapacityOrder order = new CapacityOrder();
    private final ApplicationIndex applications = new ApplicationIndex();
    private final Map<String, PlacedPod> placed = new HashMap<>();
    private final Map<String, PlacedPod> nominations = new HashMap<>();
    private final Set<String> evicting = new HashSet<>();
    private final TreeMap<Integer, Integer> priorities = new TreeMap<>();
    private final Map<String, Integer> floors = new HashMap<>();
    private final Map<String, Integer> ownNodes = new HashMap<>();
    private final Map<Demands, Eligibility> eligibilities = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Demands, Eligibility> eldest) {
            return size() > MAX_DEMANDS;
        }
    };

    /** Gives whether something changed that can matter to a pod. */
    public boolean putNode(Node node) {
        return put(NodeFacts.of(node));
    }

    boolean put(NodeFacts facts) {
        NodeState state = state(facts.name());
        if (state.known() && state.facts().equals(facts)) {
            return false;
        }
        takeOut(state);
        state.put(facts);
        nodes.put(facts.name(), state);
        putBack(state);
        return true;
    }

    public void removeNode(String name) {
        NodeState state = nodes.get(name);
        if (state == null) {
            return;
        }
        takeOut(state);
        state.forget();
        nodes.remove(name);
        state.pods().forEach(pod -> applications.add(pod, state.facts()));
        forgetIfUnused(state);
    }

    /** Takes over what the API server says of a pod. Gives the node on which this made room. */
    public Optional<String> putPod(Pod pod) {
        String uid = pod.getMetadata().getUid();
        if (isFinished(pod)) {
            return removePod(uid);
        }
        return pod.getSpec().getNodeName() == null ? Optional.empty() : put(PlacedPod.of(pod));
    }

    Optional<String> put(PlacedPod next) {
        PlacedPod now = evicting.contains(next.uid()) ? next.asEnding(true) : next;
        PlacedPod before = placed.get(now.uid());
        if (now.equals(before)) {
            return Optional.empty();
        }
        Optional<String> freed = before == null ? Optional.empty() : take(before);
        withdraw(now.uid());
        give(now);
        return freed;
    }

    /** Counts a pod on a node before the API server confirms it. */
    public void assume(PodRequest pod, String node) {
        var _ = put(PlacedPod.of(pod, node));
    }

    /** Gives the node on which the pod had reserved something. */
    public Optional<String> removePod(String uid) {
        evicting.remove(uid);
        withdraw(uid);
        PlacedPod pod = placed.get(uid);
        return pod == null ? Optional.empty() : take(pod);
    }

    /** Whether the pod has a node, or was given one a moment ago. */
    public boolean isPlaced(String uid) {
        return placed.containsKey(uid);
    }

    /** Promises room on a node where others are ending for it. */
    public void nominate(PodRequest pod, String node) {
        withdraw(pod.uid());
        PlacedPod promised = PlacedPod.of(pod, node);
        nominations.put(pod.uid(), promised);
        state(node).nominate(promised);
    }

    /** The node that was promised to this pod. */
    public Optional<String> nomination(String uid) {
        return Optional.ofNullable(nominations.get(uid)).map(PlacedPod::node);
    }

    /** Takes down that a pod was told to end, or that this failed. */
    public void evict(String uid, boolean told) {
        PlacedPod pod = placed.get(uid);
        if (pod == null) {
            return;
        }
        if (told) {
            evicting.add(uid);
            var _ = put(pod);
        } else if (evicting.remove(uid)) {
            var _ = put(pod.asEnding(false));
        }
    }

    /** How many replicas an application should keep whatever happens; 0 forgets it. */
    public void floor(String application, int replicas) {
        if (replicas == 0) {
            floors.remove(application);
        } else {
            floors.put(application, replicas);
        }
    }

    /** Number of nodes that the API server has. */
    public int size() {
        return order.size();
    }

    /** Replicas of an application that have a node and were not told to end. */
    public int staying(String application) {
        return applications.staying(application);
    }

    int floor(String application) {
        return floors.getOrDefault(application, 0);
    }

    ApplicationIndex applications() {
        return applications;
    }

    CapacityOrder order() {
        return order;
    }

    /** Every node, by name. */
    Collection<NodeState> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    Optional<NodeState> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** Whether somebody less important than this has room to give. */
    boolean hasLowerThan(int priority) {
        return !priorities.isEmpty() && priorities.firstKey() < priority;
    }

    /** Which nodes a pod can use at all; found once for equal demands. */
    Eligibility eligible(Demands demands) {
        Demands key = ownNodes.containsKey(demands.project()) ? demands : demands.ofNoProject();
        return eligibilities.computeIfAbsent(key, each -> new Eligibility(each, nodes(), bySlot.size()));
    }

    /** The eligible nodes, the best for the policy first. */
    List<NodeState> few(Eligibility eligible, Policy policy) {
        List<NodeState> found = new ArrayList<>();
        for (int slot : eligible.eligibleSlots()) {
            NodeState node = bySlot.get(slot);
            if (node != null) {
                found.add(node);
            }
        }
        found.sort(CapacityOrder.by(policy));
        return found;
    }

    /** The same text for the same state, however it came about. */
    String fingerprint() {
        StringBuilder text = new StringBuilder();
        for (NodeState node : nodes()) {
            text.append(node.facts()).append(node.free()).append(new TreeMap<>(node.replicas()));
            text.append(node.pods()).append('\n');
        }
        for (Policy policy : Policy.values()) {
            order.promising(policy, 0).forEach(node -> text.append(node.name()).append(' '));
        }
        new TreeMap<>(nominations).forEach((uid, pod) -> text.append(pod));
        return text.append(applications.fingerprint()).append(priorities).toString();
    }

    private void give(PlacedPod pod) {
        placed.put(pod.uid(), pod);
        priorities.merge(pod.priority(), 1, Integer::sum);
        NodeState node = state(pod.node());
        reordered(node, () -> node.add(pod));
        applications.add(pod, node.facts());
    }

    private Optional<String> take(PlacedPod pod) {
        placed.remove(pod.uid());
        priorities.computeIfPresent(pod.priority(), (priority, count) -> count == 1 ? null : count - 1);
        NodeState node = state(pod.node());
        reordered(node, () -> node.remove(pod));
        applications.remove(pod, node.facts());
        forgetIfUnused(node);
        return Optional.of(pod.node());
    }

    private void withdraw(String uid) {
        PlacedPod nomination = nominations.remove(uid);
        if (nomination != null) {
            NodeState node = state(nomination.node());
            node.withdraw(uid);
            forgetIfUnused(node);
        }
    }

    private void reordered(NodeState node, Runnable change) {
        if (node.known()) {
            order.remove(node);
            change.run();
            order.add(node);
        } else {
            change.run();
        }
    }

    private NodeState state(String name) {
        NodeState node = states.get(name);
        if (node == null) {
            Integer slot = freeSlots.poll();
            node = new NodeState(name, slot == null ? bySlot.size() : slot);
            states.put(name, node);
            if (slot == null) {
                bySlot.add(node);
            } else {
                bySlot.set(slot, node);
            }
        }
        return node;
    }

    /** A node out of everything that its facts put it in. */
    private void takeOut(NodeState node) {
        node.pods().forEach(pod -> applications.remove(pod, node.facts()));
        if (node.known()) {
            order.remove(node);
            own(node, -1);
            eligibilities.values().forEach(eligible -> eligible.remove(node));
        }
    }

    private void putBack(NodeState node) {
        node.pods().forEach(pod -> applications.add(pod, node.facts()));
        order.add(node);
        own(node, 1);
        eligibilities.values().forEach(eligible -> eligible.put(node));
    }

    private void own(NodeState node, int by) {
        String project = node.facts().labels().get(Labels.NODE_PROJECT);
        if (project != null) {
            ownNodes.merge(project, by, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private void forgetIfUnused(NodeState node) {
        if (!node.known() && node.isEmpty()) {
            states.remove(node.name());
            bySlot.set(node.slot(), null);
            freeSlots.add(node.slot());
        }
    }

    static boolean isFinished(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }
}
