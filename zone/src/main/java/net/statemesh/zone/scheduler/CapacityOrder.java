// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Nodes in the order in which each policy would like them, kept up to date at the cost of a few comparisons. */
final class CapacityOrder {
    private static final double SHARE_SCALE = 1e9;

    private record Room(long amount, String node) {
        static final Comparator<Room> ORDER =
                Comparator.comparingLong(Room::amount).thenComparing(Room::node);
    }

    private final NavigableMap<Room, NodeState> emptiestFirst = new TreeMap<>(Room.ORDER);
    private final NavigableMap<Room, NodeState> leastCpuFirst = new TreeMap<>(Room.ORDER);

    void add(NodeState node) {
        emptiestFirst.put(share(node), node);
        leastCpuFirst.put(cpu(node), node);
    }

    /** Before the node changes. */
    void remove(NodeState node) {
        emptiestFirst.remove(share(node));
        leastCpuFirst.remove(cpu(node));
    }

    int size() {
        return emptiestFirst.size();
    }

    /** Nodes, the best for this policy first; when packing, only those with so much free CPU. */
    Collection<NodeState> promising(Policy policy, long cpuMillis) {
        return switch (policy) {
            case SPREADING -> emptiestFirst.values();
            case PACKING -> leastCpuFirst.tailMap(new Room(cpuMillis, ""), true).values();
        };
    }

    /** Those that {@link #promising} leaves out. */
    Collection<NodeState> others(Policy policy, long cpuMillis) {
        return switch (policy) {
            case SPREADING -> List.of();
            case PACKING ->
                leastCpuFirst.headMap(new Room(cpuMillis, ""), false).values();
        };
    }

    static Comparator<NodeState> by(Policy policy) {
        return switch (policy) {
            case SPREADING -> Comparator.comparing(CapacityOrder::share, Room.ORDER);
            case PACKING -> Comparator.comparing(CapacityOrder::cpu, Room.ORDER);
        };
    }

    /** Mean share of CPU and memory that is free, from 0 to 1. */
    static double freeShare(Resources free, Resources allocatable) {
        return (share(free.cpuMillis(), allocatable.cpuMillis()) + share(free.memoryBytes(), allocatable.memoryBytes()))
                / 2;
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
    }

    private static Room share(NodeState node) {
        double share = freeShare(node.free(), node.facts().allocatable());
        return new Room(-Math.round(share * SHARE_SCALE), node.name());
    }

    private static Room cpu(NodeState node) {
        return new Room(node.free().cpuMillis(), node.name());
    }
}
