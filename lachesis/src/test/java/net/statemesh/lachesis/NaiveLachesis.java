// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules word by word on sets of events, without any index: slow, and written apart from the real one to check it. */
final class NaiveLachesis {
    private final SealingRule sealingRule;
    private int epoch = 1;
    private Validators validators;
    private long blocks;

    private final Map<EventId, Event> events = new LinkedHashMap<>();
    private final Map<EventId, Set<EventId>> past = new HashMap<>();
    private final Map<Integer, List<Event>> roots = new HashMap<>();
    private final Set<EventId> confirmed = new HashSet<>();
    private int lastDecided;
    private final Map<Vote, Optional<EventId>> votes = new HashMap<>();
    private final Map<Long, Optional<EventId>> decided = new HashMap<>();

    private record Vote(EventId voter, int frame, long subject) {}

    NaiveLachesis(Validators validators, SealingRule sealingRule) {
        this.validators = validators;
        this.sealingRule = sealingRule;
    }

    /** The blocks that a valid event decides, empty if its frame is wrong. */
    Optional<List<Block>> process(Event event) {
        enter(event);
        int own = selfParentFrame(event);
        int reached = own;
        while (reached < event.frame() && quorum(event, reached)) {
            reached++;
        }
        reached = Math.max(reached, 1);
        if (reached != event.frame()) {
            events.remove(event.id());
            return Optional.empty();
        }
        for (int frame = own + 1; frame <= reached; frame++) {
            roots.computeIfAbsent(frame, f -> new ArrayList<>()).add(event);
        }
        List<Block> decidedNow = new ArrayList<>();
        int startEpoch = epoch;
        for (int frame = own + 1; frame <= reached && epoch == startEpoch; frame++) {
            Optional<EventId> atropos = processRoot(event, frame);
            while (atropos.isPresent() && epoch == startEpoch) {
                decide(atropos.get(), decidedNow);
                atropos = epoch == startEpoch ? rerun() : Optional.empty();
            }
        }
        return Optional.of(decidedNow);
    }

    /** The frame of a new event. */
    int frameFor(Event event) {
        enter(event);
        int own = selfParentFrame(event);
        int frame = own;
        while (frame < own + 100 && quorum(event, frame)) {
            frame++;
        }
        events.remove(event.id());
        return Math.max(frame, 1);
    }

    /** Whether the event, if it is valid, is a root. */
    boolean isRootAfter(Event event) {
        return event.frame() != selfParentFrame(event);
    }

    private void enter(Event event) {
        events.put(event.id(), event);
        Set<EventId> observed = new LinkedHashSet<>(List.of(event.id()));
        event.parents().forEach(parent -> observed.addAll(past.get(parent)));
        past.put(event.id(), observed);
    }

    private int selfParentFrame(Event event) {
        return event.seq() == 1 ? 0 : events.get(event.parents().getFirst()).frame();
    }

    List<Long> cheaters(EventId observer) {
        Map<List<Long>, EventId> bySeq = new HashMap<>();
        Set<Long> cheaters = new HashSet<>();
        for (EventId id : past.get(observer)) {
            Event event = events.get(id);
            if (bySeq.put(List.of(event.creator(), (long) event.seq()), id) != null) {
                cheaters.add(event.creator());
            }
        }
        return validators.canonical().stream()
                .map(Validator::id)
                .filter(cheaters::contains)
                .toList();
    }

    boolean forklessCause(EventId later, EventId earlier) {
        List<Long> cheaters = cheaters(later);
        if (cheaters.contains(events.get(earlier).creator())) {
            return false;
        }
        Set<Long> through = new HashSet<>();
        for (EventId between : past.get(later)) {
            if (past.get(between).contains(earlier)) {
                through.add(events.get(between).creator());
            }
        }
        cheaters.forEach(through::remove);
        return weight(through) >= validators.quorum();
    }

    private long weight(Set<Long> ids) {
        return validators.canonical().stream()
                .filter(validator -> ids.contains(validator.id()))
                .mapToLong(Validator::weight)
                .sum();
    }

    private boolean quorum(Event event, int frame) {
        Set<Long> creators = new HashSet<>();
        for (Event root : roots.getOrDefault(frame, List.of())) {
            if (forklessCause(event.id(), root.id())) {
                creators.add(root.creator());
            }
        }
        return weight(creators) >= validators.quorum();
    }

    private Optional<EventId> processRoot(Event root, int frame) {
        Optional<EventId> chosen = choose();
        int toDecide = lastDecided + 1;
        if (chosen.isPresent() || frame <= toDecide) {
            return chosen;
        }
        List<Event> observed = roots.get(frame - 1).stream()
                .filter(earlier -> forklessCause(root.id(), earlier.id()))
                .toList();
        for (Validator subject : validators.canonical()) {
            if (!decided.containsKey(subject.id())) {
                Vote vote = new Vote(root.id(), frame, subject.id());
                votes.put(vote, frame == toDecide + 1 ? first(observed, subject) : again(observed, subject, frame));
            }
        }
        return choose();
    }

    private static Optional<EventId> first(List<Event> observed, Validator subject) {
        return observed.stream()
                .filter(root -> root.creator() == subject.id())
                .map(Event::id)
                .findFirst();
    }

    private Optional<EventId> again(List<Event> observed, Validator subject, int frame) {
        long yes = 0;
        long no = 0;
        Optional<EventId> candidate = Optional.empty();
        for (Event voter : observed) {
            Optional<EventId> vote = votes.get(new Vote(voter.id(), frame - 1, subject.id()));
            long weight = weight(Set.of(voter.creator()));
            if (vote.isPresent()) {
                yes += weight;
                candidate = vote;
            } else {
                no += weight;
            }
        }
        Optional<EventId> vote = yes >= no ? candidate : Optional.empty();
        if (Math.max(yes, no) >= validators.quorum()) {
            decided.put(subject.id(), vote);
        }
        return vote;
    }

    private Optional<EventId> choose() {
        for (Validator validator : validators.canonical()) {
            Optional<EventId> candidate = decided.get(validator.id());
            if (candidate == null) {
                return Optional.empty();
            }
            if (candidate.isPresent()) {
                return candidate;
            }
        }
        throw new IllegalStateException("everybody was voted down");
    }

    private Optional<EventId> rerun() {
        for (int frame = lastDecided + 1; roots.containsKey(frame); frame++) {
            for (Event root : roots.get(frame)) {
                Optional<EventId> atropos = processRoot(root, frame);
                if (atropos.isPresent()) {
                    return atropos;
                }
            }
        }
        return Optional.empty();
    }

    private void decide(EventId atropos, List<Block> into) {
        Block block = new Block(++blocks, epoch, ++lastDecided, atropos, cheaters(atropos), confirm(atropos));
        into.add(block);
        votes.clear();
        decided.clear();
        sealingRule.validatorsAfter(block, validators).ifPresent(next -> {
            epoch++;
            validators = next;
            lastDecided = 0;
            events.clear();
            past.clear();
            roots.clear();
            confirmed.clear();
        });
    }

    private List<EventId> confirm(EventId atropos) {
        List<EventId> order = new ArrayList<>();
        Deque<EventId> stack = new ArrayDeque<>(List.of(atropos));
        while (!stack.isEmpty()) {
            EventId id = stack.pop();
            if (confirmed.add(id)) {
                order.add(id);
                events.get(id).parents().forEach(stack::push);
            }
        }
        return order;
    }
}
