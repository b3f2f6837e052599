// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The consensus of one validator: events go in, parents before children, and every validator that is fed the same DAG, in whatever order,
 * gets the same blocks out.
 *
 * <p>A state machine without clock, threads or I/O; one thread at a time may call it. Memory grows with the events of the running epoch
 * and is given back when the epoch is sealed.
 */
public final class Lachesis {
    private SealingRule sealingRule;
    private Epoch epoch;
    private long lastBlock;
    private long lastBlockBeforeEpoch;
    private @Nullable Halted halted;

    Lachesis(int epoch, Validators validators, long lastBlock, SealingRule sealingRule) {
        this.epoch = new Epoch(epoch, validators);
        this.lastBlock = lastBlock;
        this.lastBlockBeforeEpoch = lastBlock;
        this.sealingRule = sealingRule;
    }

    /** The beginning of a chain: epoch 1, no blocks. */
    public static Lachesis genesis(Validators validators, SealingRule sealingRule) {
        return new Lachesis(1, validators, 0, sealingRule);
    }

    /** Goes on where {@link #save} was called; blocks decided before that are not given again. */
    public static Reopened reopen(byte[] state, SealingRule sealingRule) {
        return StateReader.read(state, sealingRule);
    }

    /** The whole state as bytes: the same history gives the same bytes. */
    public byte[] save() {
        return new StateWriter().write(epoch.number(), epoch.validators(), lastBlockBeforeEpoch, epoch.dag());
    }

    void sealBy(SealingRule rule) {
        sealingRule = rule;
    }

    /** Checks an event, enters it into the DAG and decides what can be decided with it. */
    public Processed process(Event event) {
        if (halted != null) {
            return halted;
        }
        return switch (epoch.admit(event)) {
            case Admitted.Invalid invalid -> invalid.reason();
            case Admitted.Member member -> elect(member);
        };
    }

    private Processed elect(Admitted.Member member) {
        List<Block> blocks = new ArrayList<>();
        Halted.@Nullable Proof proof = tooManyForkers() ? Halted.Proof.FORKS : elect(member, blocks);
        if (proof == null) {
            return new Accepted(member.root(), blocks);
        }
        Halted reason = new Halted(proof, epoch.forkers(), epoch.forkersWeight(), toleratedWeight(), blocks);
        halted = reason.withoutBlocks();
        return reason;
    }

    private boolean tooManyForkers() {
        return epoch.forkersWeight() > toleratedWeight();
    }

    private int toleratedWeight() {
        return epoch.validators().totalWeight() - epoch.validators().quorum();
    }

    private Halted.@Nullable Proof elect(Admitted.Member member, List<Block> blocks) {
        Epoch current = epoch;
        for (int frame = member.selfParentFrame() + 1; frame <= member.frame() && epoch == current; frame++) {
            Election.Result result = current.vote(member.event(), frame);
            while (!(result instanceof Election.Result.Open)) {
                if (result instanceof Election.Result.Impossible impossible) {
                    return impossible.proof();
                }
                if (result instanceof Election.Result.Elected elected && decide(elected.atropos(), blocks)) {
                    return null;
                }
                result = current.electNext();
            }
        }
        return null;
    }

    /** Makes the block and answers whether it sealed the epoch. */
    private boolean decide(int atropos, List<Block> blocks) {
        Block block = epoch.decide(++lastBlock, atropos);
        blocks.add(block);
        Optional<Validators> next = sealingRule.validatorsAfter(block, epoch.validators());
        next.ifPresent(this::seal);
        return next.isPresent();
    }

    private void seal(Validators next) {
        epoch = new Epoch(epoch.number() + 1, next);
        lastBlockBeforeEpoch = lastBlock;
    }

    /**
     * What a new event of this creator must claim. A creator builds on its own latest event, as the first parent, and on events of others.
     */
    public Built build(long creator, List<EventId> parents) {
        return halted != null ? halted : epoch.build(creator, parents);
    }

    /** The running epoch, from 1. */
    public int epoch() {
        return epoch.number();
    }

    /** The validators of the running epoch. */
    public Validators validators() {
        return epoch.validators();
    }

    /** The last decided frame of the running epoch, 0 if there is none. */
    public int lastDecidedFrame() {
        return epoch.lastDecidedFrame();
    }

    /** The number of the last block, 0 if there is none. */
    public long lastBlock() {
        return lastBlock;
    }

    /** How many events of the running epoch are known. */
    public int eventCount() {
        return epoch.dag().size();
    }

    /** Whether the event is part of the running epoch's DAG. */
    public boolean knows(EventId event) {
        return epoch.dag().numberOf(event) != Dag.NONE;
    }

    /** Validators of which the event observes a fork, in canonical order. The event must be known. */
    public List<Long> cheatersObservedBy(EventId event) {
        return epoch.cheatersObservedBy(known(event));
    }

    /** Whether the earlier event is a forkless cause of the later one. Both must be known. */
    public boolean isForklessCause(EventId later, EventId earlier) {
        return epoch.isForklessCause(known(later), known(earlier));
    }

    private int known(EventId event) {
        int number = epoch.dag().numberOf(event);
        if (number == Dag.NONE) {
            throw new IllegalArgumentException("event " + event + " is not part of epoch " + epoch());
        }
        return number;
    }
}
