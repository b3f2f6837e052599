// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.statemesh.api.Annotations;
import net.statemesh.api.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * What each node has reserved, kept up to date pod by pod. A pod counts from the decision on ({@link #assume}), so that two pods never
 * get the same room, until it is gone or has ended. Not safe for use by several threads.
 */
public final class NodeLedger {
    /** Conditions of a node that ask for no more pods, and what they mean. */
    private static final Map<String, String> PRESSURES =
            Map.of("MemoryPressure", "memory", "DiskPressure", "disk", "PIDPressure", "process ids");

    private record Placement(String node, String application, Resources resources) {}

    private static final class Account {
        private Resources reserved = Resources.NONE;
        private final Map<String, Integer> replicas = new HashMap<>();
    }

    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Placement> placements = new HashMap<>();

    /** Gives whether something changed that can matter to a pod that found no node. */
    public boolean putNode(Node node) {
        NodeState before = stateOf(node.getMetadata().getName());
        nodes.put(node.getMetadata().getName(), node);
        return !Objects.equals(before, stateOf(node.getMetadata().getName()));
    }

    public void removeNode(String name) {
        nodes.remove(name);
    }

    /** Takes over what the API server says of a pod. Gives whether this made room somewhere. */
    public boolean putPod(Pod pod) {
        String uid = pod.getMetadata().getUid();
        String node = pod.getSpec().getNodeName();
        if (isFinished(pod)) {
            return removePod(uid);
        }
        if (node == null) {
            return false;
        }
        Placement next = new Placement(node, PodRequest.application(pod), PodRequest.reserved(pod));
        Placement before = placements.get(uid);
        if (next.equals(before)) {
            return false;
        }
        boolean freed = before != null && removePod(uid);
        add(uid, next);
        return freed;
    }

    /** Counts a pod on a node before the API server confirms it. */
    public void assume(Pod pod, String node) {
        removePod(pod.getMetadata().getUid());
        add(pod.getMetadata().getUid(), new Placement(node, PodRequest.application(pod), PodRequest.reserved(pod)));
    }

    /** Gives whether the pod had reserved something. */
    public boolean removePod(String uid) {
        Placement placement = placements.remove(uid);
        if (placement == null) {
            return false;
        }
        Account account = account(placement.node());
        account.reserved = account.reserved.minus(placement.resources());
        account.replicas.computeIfPresent(
                placement.application(), (application, count) -> count == 1 ? null : count - 1);
        if (account.reserved.equals(Resources.NONE) && !nodes.containsKey(placement.node())) {
            accounts.remove(placement.node());
        }
        return true;
    }

    /** All nodes, by name. */
    public List<NodeState> nodes() {
        return nodes.keySet().stream()
                .map(this::stateOf)
                .filter(Objects::nonNull)
                .toList();
    }

    private void add(String uid, Placement placement) {
        placements.put(uid, placement);
        Account account = account(placement.node());
        account.reserved = account.reserved.plus(placement.resources());
        account.replicas.merge(placement.application(), 1, Integer::sum);
    }

    private Account account(String node) {
        return accounts.computeIfAbsent(node, name -> new Account());
    }

    private @Nullable NodeState stateOf(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            return null;
        }
        Account account = account(name);
        Map<String, String> annotations =
                Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.of());
        return new NodeState(
                name,
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()),
                isReady(node),
                pressures(node),
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                annotations.getOrDefault(Annotations.CORDONED_BY, ""),
                node.getSpec() == null ? List.of() : node.getSpec().getTaints(),
                allocatable(node),
                account.reserved,
                Map.copyOf(account.replicas),
                images(node));
    }

    private static boolean isFinished(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static Set<String> pressures(Node node) {
        return node.getStatus() == null
                ? Set.of()
                : node.getStatus().getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(condition -> PRESSURES.get(condition.getType()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(NodeCondition::getStatus)
                        .anyMatch("True"::equals);
    }

    private static Resources allocatable(Node node) {
        Map<String, Quantity> amounts =
                node.getStatus() == null || node.getStatus().getAllocatable() == null
                        ? Map.of()
                        : node.getStatus().getAllocatable();
        return new Resources(
                Quantities.cpuMillis(amounts.get("cpu")),
                Quantities.bytes(amounts.get("memory")),
                Quantities.count(amounts.get("pods")));
    }

    private static Set<String> images(Node node) {
        return node.getStatus() == null
                ? Set.of()
                : node.getStatus().getImages().stream()
                        .map(ContainerImage::getNames)
                        .flatMap(List::stream)
                        .collect(Collectors.toUnmodifiableSet());
    }
}
