// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import net.statemesh.api.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler without its hands: news of nodes and pods go in, what to write comes out. The same news at the same times always give
 * the same steps. Times are milliseconds of any clock that only goes forward. Not safe for use by several threads.
 */
public final class SchedulingCore {
    private final NodeLedger ledger = new NodeLedger();
    private final SchedulingQueue queue = new SchedulingQueue();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Gangs gangs = new Gangs();

    public void putNode(Node node, long nowMillis) {
        put(NodeFacts.of(node), nowMillis);
    }

    void put(NodeFacts node, long nowMillis) {
        if (ledger.put(node)) {
            wake(waits -> waits.refusedForOthers() || Scheduler.fits(waits.pod(), node.name(), ledger), nowMillis);
        }
    }

    public void removeNode(String name, long nowMillis) {
        ledger.removeNode(name);
        wake(Waiting::refusedForOthers, nowMillis);
    }

    /** A pod that has a node, or has ended. */
    public void putPod(Pod pod, long nowMillis) {
        if (NodeLedger.isFinished(pod)) {
            removePod(
                    pod.getMetadata().getUid(),
                    pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName(),
                    nowMillis);
        } else {
            put(PlacedPod.of(pod), nowMillis);
        }
    }

    void put(PlacedPod pod, long nowMillis) {
        forget(pod.key(), pod.uid());
        String promised = ledger.nomination(pod.uid()).orElse(null);
        boolean known = ledger.isPlaced(pod.uid());
        String freed = ledger.put(pod).orElse(null);
        roomOn(freed, pod.application(), nowMillis);
        roomOn(promised, pod.application(), nowMillis);
        if (!known) {
            neighboursChanged(pod.application(), nowMillis);
        }
    }

    /**
     * A pod that is gone, or will never want a node again.
     *
     * @param key {@code namespace/name}
     */
    public void removePod(String uid, String key, long nowMillis) {
        forget(key, uid);
        String promised = ledger.nomination(uid).orElse(null);
        String freed = ledger.removePod(uid).orElse(null);
        roomOn(promised, key, nowMillis);
        roomOn(freed, key, nowMillis);
    }

    /**
     * A pod that wants a node. Old news of one that was given a node are passed over.
     *
     * @param nominated the node that was promised to it; null when none was
     */
    public void want(PodRequest pod, @Nullable String nominated, long nowMillis) {
        Waiting before = waiting.get(pod.key());
        if (ledger.isPlaced(pod.uid()) || (before != null && before.pod().equals(pod))) {
            return;
        }
        long sinceMillis = nowMillis;
        if (before != null) {
            sinceMillis = before.pod().uid().equals(pod.uid()) ? before.sinceMillis() : nowMillis;
            forget(pod.key(), before.pod().uid());
        }
        Waiting waits = new Waiting(pod, sinceMillis);
        waiting.put(pod.key(), waits);
        gangs.add(waits);
        queue.add(pod.key(), pod.priority());
        if (nominated != null && ledger.nomination(pod.uid()).isEmpty()) {
            ledger.nominate(pod, nominated);
        }
    }

    /** How many replicas an application should keep whatever happens; 0 forgets it. */
    public void floor(String application, int replicas) {
        ledger.floor(application, replicas);
    }

    /** The room goes back; the pod is tried again after a pause. */
    public void bindFailed(PodRequest pod, long nowMillis) {
        Optional<String> freed = ledger.removePod(pod.uid());
        Waiting waits = waiting.get(pod.key());
        if (waits != null && waits.pod().uid().equals(pod.uid())) {
            gangs.add(waits);
            queue.pause(pod.key(), nowMillis);
        }
        freed.ifPresent(node -> roomOn(node, pod.application(), nowMillis));
    }

    /** The victim stays; it may be chosen again. */
    public void evictionFailed(String uid) {
        ledger.evict(uid, false);
    }

    /** When {@link #next} has something to do if nothing else happens; empty when never. */
    public OptionalLong dueMillis(long nowMillis) {
        return queue.dueMillis(nowMillis).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /**
     * Decides about one pod, or one gang; empty when there is nothing to do now. One that cannot be decided about is set aside before the
     * failure is thrown, so that it does not hold up the others.
     */
    public Optional<Step> next(long nowMillis) {
        for (Optional<String> key = queue.poll(nowMillis); key.isPresent(); key = queue.poll(nowMillis)) {
            Waiting waits = waiting.get(key.get());
            if (waits != null && !ledger.isPlaced(waits.pod().uid())) {
                Optional<Step> step = decide(waits, nowMillis);
                if (step.isPresent()) {
                    return step;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Step> decide(Waiting waits, long nowMillis) {
        try {
            return waits.pod().gang() == null ? Optional.of(alone(waits, nowMillis)) : together(waits, nowMillis);
        } catch (RuntimeException e) {
            queue.park(waits.pod().key(), nowMillis, SchedulingQueue.MAX_PARKED_MILLIS);
            throw e;
        }
    }

    private Step alone(Waiting waits, long nowMillis) {
        PodRequest pod = waits.pod();
        Decision decision = Scheduler.decide(pod, ledger);
        if (decision.node().isPresent()) {
            String promised = ledger.nomination(pod.uid()).orElse(null);
            assume(new Step.Choice(pod, decision));
            roomOn(promised, pod.application(), nowMillis);
            neighboursChanged(pod.application(), nowMillis);
            return new Step.Bind(List.of(new Step.Choice(pod, decision)));
        }
        decision.preemption().ifPresent(plan -> {
            plan.victims().forEach(victim -> ledger.evict(victim.uid(), true));
            ledger.nominate(pod, plan.node());
        });
        waits.refused(decision);
        queue.park(pod.key(), nowMillis, SchedulingQueue.MAX_PARKED_MILLIS);
        return new Step.Wait(List.of(pod), decision, Reason.UNSCHEDULABLE, decision.explanation());
    }

    /** Empty while a gang that may still become complete is not. */
    private Optional<Step> together(Waiting waits, long nowMillis) {
        List<Waiting> members = gangs.with(waits.pod());
        Gang rules = Gangs.rules(members);
        int staying = ledger.staying(waits.pod().application());
        long sinceMillis =
                members.stream().mapToLong(Waiting::sinceMillis).min().orElse(nowMillis);
        long leftMillis = sinceMillis + rules.timeoutMillis() - nowMillis;
        if (staying + members.size() < rules.size()) {
            queue.park(waits.pod().key(), nowMillis, leftMillis > 0 ? leftMillis : SchedulingQueue.MAX_PARKED_MILLIS);
            return leftMillis > 0
                    ? Optional.empty()
                    : Optional.of(new Step.Wait(
                            List.of(waits.pod()),
                            Decision.NONE,
                            Reason.GANG_TIMED_OUT,
                            "a gang of " + rules.size() + " replicas is placed when all of them exist; "
                                    + (staying + members.size()) + " do after " + rules.timeoutMillis() / 1000
                                    + " s (does the project's quota stop the others?)"));
        }
        return Optional.of(complete(members, rules, staying, leftMillis, nowMillis));
    }

    private Step complete(List<Waiting> members, Gang rules, int staying, long leftMillis, long nowMillis) {
        List<Step.Choice> choices = new ArrayList<>();
        Decision last = Decision.NONE;
        for (Waiting member : members) {
            last = Scheduler.decide(member.pod(), ledger);
            if (last.node().isEmpty()) {
                break;
            }
            Step.Choice choice = new Step.Choice(member.pod(), last);
            assume(choice);
            choices.add(choice);
        }
        if (choices.size() == members.size() || (!choices.isEmpty() && staying + choices.size() >= rules.size())) {
            neighboursChanged(members.getFirst().pod().application(), nowMillis);
            return new Step.Bind(List.copyOf(choices));
        }
        choices.forEach(choice -> {
            var _ = ledger.removePod(choice.pod().uid());
        });
        for (Waiting member : members) {
            member.refused(last);
            gangs.add(member);
            queue.park(member.pod().key(), nowMillis, leftMillis > 0 ? leftMillis : SchedulingQueue.MAX_PARKED_MILLIS);
        }
        String message = "a gang of " + rules.size() + " replicas gets nodes for all or none: "
                + (staying + choices.size()) + " have or would get one, the next does not: " + last.explanation();
        return new Step.Wait(
                members.stream().map(Waiting::pod).toList(),
                last,
                leftMillis > 0 ? Reason.UNSCHEDULABLE : Reason.GANG_TIMED_OUT,
                leftMillis > 0 ? message : "after " + rules.timeoutMillis() / 1000 + " s: " + message);
    }

    /** The queue remembers it until the API server confirms, so that a failure does not look like the first. */
    private void assume(Step.Choice choice) {
        ledger.assume(choice.pod(), choice.decision().node().orElseThrow());
        gangs.remove(choice.pod());
    }

    private void forget(String key, String uid) {
        Waiting waits = waiting.get(key);
        if (waits != null && waits.pod().uid().equals(uid)) {
            waiting.remove(key);
            queue.remove(key);
            gangs.remove(waits.pod());
        }
    }

    /** @param about a key or an application of the project where a pod made room */
    private void roomOn(@Nullable String node, String about, long nowMillis) {
        if (node != null) {
            wake(
                    waits -> (waits.refusedForOthers() && isSameProject(waits.pod(), about))
                            || Scheduler.fits(waits.pod(), node, ledger),
                    nowMillis);
        }
    }

    /** Another replica has a node: those that want to be near it, or spread with it, may have one now. */
    private void neighboursChanged(String application, long nowMillis) {
        wake(waits -> waits.refusedForOthers() && isSameProject(waits.pod(), application), nowMillis);
    }

    private void wake(Predicate<Waiting> helped, long nowMillis) {
        if (queue.hasParked()) {
            queue.wake(
                    key -> {
                        Waiting waits = waiting.get(key);
                        return waits != null && helped.test(waits);
                    },
                    nowMillis);
        }
    }

    private static boolean isSameProject(PodRequest pod, String about) {
        int slash = about.indexOf('/');
        return pod.application().regionMatches(0, about, 0, slash + 1);
    }

    /** Read-only view for tests and figures. */
    NodeLedger ledger() {
        return ledger;
    }
}
