// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import net.statemesh.api.Reason;
import net.statemesh.api.application.UpdateStrategy;

/**
 * The next step from the replicas that are there to those that are wanted.
 *
 * <p>Rolling keeps this: a step never leaves fewer ready replicas than the lesser of {@code desired} and the number that were ready
 * before it, and never makes more than {@code desired + SURGE} live ones. Repeated, it ends with exactly {@code desired} replicas of
 * the wanted revision as soon as those become ready; while they do not, the old ones stay. Replicas on a node that is drained give
 * way like those of an old revision, always one after another.
 *
 * @param create how many replicas of the wanted revision to make
 */
record Rollout(int create, List<Removal> removals) {
    /** Live replicas above the wanted number while a revision is rolled out. */
    static final int SURGE = 1;

    /** A replica to end, and why ({@link Reason}). */
    record Removal(Replica replica, String reason) {}

    /** @param leaving whether the replica has to go from its node */
    static Rollout next(
            int desired, UpdateStrategy strategy, String revision, List<Replica> live, Predicate<Replica> leaving) {
        Predicate<Replica> isWanted = replica -> replica.revision().equals(revision);
        boolean together =
                strategy == UpdateStrategy.SIMULTANEOUS && !live.stream().allMatch(isWanted);
        Predicate<Replica> stays = together ? isWanted : isWanted.and(leaving.negate());
        List<Replica> updated = live.stream().filter(stays).toList();
        List<Replica> outdated = live.stream().filter(stays.negate()).toList();
        Function<Replica, String> why = replica -> isWanted.test(replica) ? Reason.NODE_DRAINED : Reason.NEW_REVISION;
        if (outdated.isEmpty()) {
            return new Rollout(
                    Math.max(0, desired - updated.size()),
                    removals(removable(updated, updated.size() - desired), scaledDown -> Reason.SCALED_DOWN));
        }
        return together ? simultaneous(desired, updated, outdated, why) : rolling(desired, updated, outdated, why);
    }

    private static Rollout simultaneous(
            int desired, List<Replica> updated, List<Replica> outdated, Function<Replica, String> why) {
        List<Removal> removals = new ArrayList<>(removals(outdated, why));
        removals.addAll(removals(removable(updated, updated.size() - desired), scaledDown -> Reason.SCALED_DOWN));
        return new Rollout(Math.max(0, desired - updated.size()), List.copyOf(removals));
    }

    private static Rollout rolling(
            int desired, List<Replica> updated, List<Replica> outdated, Function<Replica, String> why) {
        int ready = readyCount(updated) + readyCount(outdated);
        List<Replica> oldReady = outdated.stream().filter(Replica::ready).toList();
        List<Replica> oldUnready = outdated.stream().filter(r -> !r.ready()).toList();
        int surplusReady = Math.min(oldReady.size(), Math.max(0, ready - desired));

        List<Removal> removals = new ArrayList<>();
        removals.addAll(removals(removable(oldReady, surplusReady), why));
        removals.addAll(removals(removable(updated, updated.size() - desired), scaledDown -> Reason.SCALED_DOWN));
        int total = updated.size() + outdated.size() - removals.size();
        removals.addAll(removals(removable(oldUnready, unreadyToRemove(desired, updated, total)), why));
        total = updated.size() + outdated.size() - removals.size();
        int create = Math.max(0, Math.min(desired - updated.size(), desired + SURGE - total));
        return new Rollout(create, List.copyOf(removals));
    }

    /** Old replicas that do not serve make room for new ones, and go when the new ones serve. */
    private static int unreadyToRemove(int desired, List<Replica> updated, int total) {
        if (readyCount(updated) >= desired) {
            return total;
        }
        int wantedRoom = updated.size() < desired ? 1 : 0;
        return Math.max(0, total + wantedRoom - (desired + SURGE));
    }

    private static int readyCount(List<Replica> replicas) {
        return (int) replicas.stream().filter(Replica::ready).count();
    }

    private static List<Removal> removals(List<Replica> replicas, Function<Replica, String> why) {
        return replicas.stream()
                .map(replica -> new Removal(replica, why.apply(replica)))
                .toList();
    }

    /**
     * Those that are missed least: without a node, then not ready, then from the node that has most of them, then the newest.
     *
     * @param count may be negative or more than there are
     */
    static List<Replica> removable(List<Replica> replicas, int count) {
        List<Replica> left = new ArrayList<>(replicas);
        Map<String, Integer> perNode = new HashMap<>();
        left.forEach(replica -> perNode.merge(node(replica), 1, Integer::sum));
        Comparator<Replica> leastMissed = Comparator.<Replica, Boolean>comparing(replica -> replica.node() != null)
                .thenComparing(Replica::ready)
                .thenComparingInt(replica -> -perNode.getOrDefault(node(replica), 0))
                .thenComparing(Replica::createdAt, Comparator.reverseOrder())
                .thenComparing(Replica::name);
        List<Replica> chosen = new ArrayList<>();
        while (chosen.size() < count && !left.isEmpty()) {
            Replica next = left.stream().min(leastMissed).orElseThrow();
            left.remove(next);
            perNode.merge(node(next), -1, Integer::sum);
            chosen.add(next);
        }
        return chosen;
    }

    private static String node(Replica replica) {
        return replica.node() == null ? "" : replica.node();
    }
}
