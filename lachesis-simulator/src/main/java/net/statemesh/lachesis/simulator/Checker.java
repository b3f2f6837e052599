// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.statemesh.lachesis.Block;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;
import net.statemesh.lachesis.Halted;
import net.statemesh.lachesis.Rejected;
import net.statemesh.lachesis.Rule;

/**
 * Watches the honest validators from outside. Every decided block is compared with what was first decided at its number, so after every
 * step the sequences of the honest are prefixes of one another.
 */
final class Checker {
    /** Rules that a valid event may break for a while or for a validator that is ahead. */
    private static final Set<Rule> OUT_OF_TIME =
            EnumSet.of(Rule.PROCESSED_ONCE, Rule.PARENTS_KNOWN, Rule.EPOCH_NOT_OVER, Rule.EPOCH_BEGUN);

    private final Set<Long> honest;
    private final List<Block> agreed = new ArrayList<>();
    private final Map<Long, Long> decidedBy = new HashMap<>();
    private final Set<EventId> invalid = new HashSet<>();
    private final Set<Long> cheaters = new TreeSet<>();
    private long accepted;
    private long rejected;
    private Optional<Violation> violation = Optional.empty();

    Checker(List<Long> honest) {
        this.honest = Set.copyOf(honest);
        honest.forEach(validator -> decidedBy.put(validator, 0L));
    }

    /** Nobody may accept this event. */
    void invalid(EventId event) {
        invalid.add(event);
    }

    void accepted(long validator, Event event) {
        accepted++;
        if (invalid.contains(event.id())) {
            violated(Violation.Kind.VALIDITY, validator + " accepted the invalid " + event);
        }
    }

    void rejected(long validator, Event event, Rejected reason) {
        rejected++;
        if (honest.contains(event.creator()) && !OUT_OF_TIME.contains(reason.rule())) {
            violated(Violation.Kind.VALIDITY, validator + " rejected the valid " + event + ": " + reason.detail());
        }
    }

    void decided(long validator, Block block) {
        long expected = decidedBy.merge(validator, 1L, Long::sum);
        if (block.number() != expected) {
            violated(Violation.Kind.AGREEMENT, validator + " decided block " + block.number() + ", not " + expected);
        } else if (expected > agreed.size()) {
            agreed.add(block);
        } else if (!agreed.get((int) expected - 1).equals(block)) {
            violated(
                    Violation.Kind.AGREEMENT,
                    validator + " decided " + brief(block) + ", another " + brief(agreed.get((int) expected - 1)));
        }
        for (long cheater : block.cheaters()) {
            cheaters.add(cheater);
            if (honest.contains(cheater)) {
                violated(Violation.Kind.HONEST_CHEATER, "block " + block.number() + " calls " + cheater + " a cheater");
            }
        }
    }

    /** A validator came back with the blocks up to this one; it decides the later ones again. */
    void reopened(long validator, long lastBlock) {
        if (lastBlock > blocksOf(validator)) {
            violated(Violation.Kind.AGREEMENT, validator + " came back with blocks that it had not decided");
        }
        decidedBy.put(validator, lastBlock);
    }

    void halted(long validator, Halted halted) {
        for (long cheater : halted.cheaters()) {
            if (honest.contains(cheater)) {
                violated(Violation.Kind.HONEST_CHEATER, validator + " halted because of honest " + cheater);
            }
        }
        violated(Violation.Kind.HALTED, validator + " halted: " + halted.proof() + " by " + halted.cheaters());
    }

    void violated(Violation.Kind kind, String what) {
        if (violation.isEmpty()) {
            violation = Optional.of(new Violation(kind, what));
        }
    }

    Optional<Violation> violation() {
        return violation;
    }

    long blocksOf(long validator) {
        return decidedBy.getOrDefault(validator, 0L);
    }

    /** The blocks of the validator that is ahead. */
    List<Block> agreed() {
        return agreed;
    }

    long acceptedCount() {
        return accepted;
    }

    long rejectedCount() {
        return rejected;
    }

    Set<Long> cheaters() {
        return cheaters;
    }

    private static String brief(Block block) {
        return "block " + block.number() + " (epoch " + block.epoch() + ", frame " + block.frame() + ", atropos "
                + block.atropos() + ", cheaters " + block.cheaters() + ", "
                + block.confirmed().size() + " events)";
    }
}
