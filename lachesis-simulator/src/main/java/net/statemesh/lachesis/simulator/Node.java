// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Accepted;
import net.statemesh.lachesis.Block;
import net.statemesh.lachesis.Claim;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;
import net.statemesh.lachesis.Halted;
import net.statemesh.lachesis.Lachesis;
import net.statemesh.lachesis.Rejected;
import net.statemesh.lachesis.Reopened;
import net.statemesh.lachesis.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A validator's machine: its {@link Lachesis}, the gossip around it, and its disk. What it says is up to its {@link Emission}.
 *
 * <p>New events are pushed to everybody. What gets lost is found by comparing with one peer at a time.
 */
final class Node implements Network.Receiver<Message> {
    private static final int MAX_ORPHANS = 200;
    private static final int MAX_EVENTS_PER_MESSAGE = 300;
    private static final int BLOCKS_PER_SAVE = 3;

    private final long validator;
    private final Scenario scenario;
    private final Network<Message> network;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final @Nullable Checker checker;
    private final int address;

    private final Journal journal;
    private final Map<EventId, Event> orphans = new LinkedHashMap<>();
    private Archive archive = new Archive();
    private Lachesis lachesis;
    private boolean up = true;
    private long comparedAtMillis;
    private @Nullable Event lastOwn;
    private int restarts;

    /** A machine of an honest validator has a checker, others have none. */
    Node(
            long validator,
            Scenario scenario,
            Network<Message> network,
            Agenda agenda,
            SplittableRandom random,
            @Nullable Checker checker) {
        this.validator = validator;
        this.scenario = scenario;
        this.network = network;
        this.agenda = agenda;
        this.random = random;
        this.checker = checker;
        this.lachesis = Lachesis.genesis(scenario.validators(), scenario.sealingRule());
        this.journal = new Journal(lachesis);
        this.address = network.join(this);
    }

    // --- what an emission needs

    long validator() {
        return validator;
    }

    int address() {
        return address;
    }

    SplittableRandom random() {
        return random;
    }

    Archive archive() {
        return archive;
    }

    Lachesis lachesis() {
        return lachesis;
    }

    boolean isUp() {
        return up;
    }

    /** Whether this machine may create events now. */
    boolean isValidator() {
        return up && lachesis.validators().canonical().stream().anyMatch(member -> member.id() == validator);
    }

    /** The latest event that this machine created in the running epoch. */
    @Nullable
    Event lastOwn() {
        return lastOwn != null && lastOwn.epoch() == lachesis.epoch() ? lastOwn : null;
    }

    /** Self-parent first, then some of the newest events of others. */
    List<EventId> chooseParents(@Nullable Event selfParent) {
        List<EventId> others = new ArrayList<>();
        for (Event newest : archive.newest(lachesis.epoch())) {
            if (newest.creator() != validator) {
                others.add(newest.id());
            }
        }
        List<EventId> parents = new ArrayList<>();
        if (selfParent != null) {
            parents.add(selfParent.id());
        }
        while (parents.size() < scenario.maxParents() && !others.isEmpty()) {
            parents.add(others.remove(random.nextInt(others.size())));
        }
        return parents;
    }

    /** A valid event with these parents, null if none can be made. */
    @Nullable
    Event create(List<EventId> parents) {
        return lachesis.build(validator, parents) instanceof Claim claim ? claim.event(newId(claim.lamport())) : null;
    }

    EventId newId(int lamport) {
        long prefix = ((long) lachesis.epoch() << Integer.SIZE) | lamport;
        return new EventId(prefix, random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** Enters an event of our own and writes it to disk, so that it may be shown; false if it is not accepted. */
    boolean own(Event event) {
        int epoch = lachesis.epoch();
        boolean accepted = offer(event);
        if (accepted) {
            lastOwn = event;
            journal.flush();
        } else if (checker != null && epoch == lachesis.epoch()) {
            checker.violated(Violation.Kind.VALIDITY, validator + " could not create " + event);
        }
        return accepted;
    }

    void tell(int peer, List<Event> events) {
        if (peer != address) {
            network.send(address, peer, new Message.Events(events));
        }
    }

    // --- gossip

    /** Compares what is known with a peer. */
    void compare(int peer) {
        comparedAtMillis = agenda.nowMillis();
        network.send(address, peer, new Message.Known(lachesis.epoch(), archive.some(lachesis.epoch())));
    }

    @Override
    public void receive(int from, Message message) {
        if (!up) {
            return;
        }
        switch (message) {
            case Message.Events events -> {
                events.events().forEach(this::offer);
                adoptOrphans();
                if (!orphans.isEmpty() && agenda.nowMillis() - comparedAtMillis > scenario.roundMillis()) {
                    compare(from);
                }
            }
            case Message.Known known -> answer(from, known);
        }
    }

    private void answer(int from, Message.Known known) {
        List<Event> lacking = archive.lackedBy(known.epoch(), known.some(), MAX_EVENTS_PER_MESSAGE);
        if (!lacking.isEmpty()) {
            tell(from, lacking);
        }
        boolean weLack = known.some().stream().anyMatch(event -> !archive.knows(event));
        if (weLack && agenda.nowMillis() - comparedAtMillis > scenario.roundMillis()) {
            compare(from);
        }
    }

    private boolean offer(Event event) {
        return switch (lachesis.process(event)) {
            case Accepted accepted -> {
                archive.add(event);
                journal.append(event);
                if (checker != null) {
                    checker.accepted(validator, event);
                }
                decided(accepted.blocks());
                yield true;
            }
            case Rejected rejected -> {
                rejected(event, rejected);
                yield false;
            }
            case Halted halted -> {
                decided(halted.blocks());
                if (checker != null) {
                    checker.halted(validator, halted);
                }
                yield false;
            }
        };
    }

    private void rejected(Event event, Rejected rejected) {
        if (rejected.rule() == Rule.PARENTS_KNOWN || rejected.rule() == Rule.EPOCH_BEGUN) {
            if (orphans.size() == MAX_ORPHANS) {
                orphans.remove(orphans.keySet().iterator().next());
            }
            orphans.put(event.id(), event);
        }
        if (checker != null) {
            checker.rejected(validator, event, rejected);
        }
    }

    private void decided(List<Block> blocks) {
        for (Block block : blocks) {
            if (checker != null) {
                checker.decided(validator, block);
            }
            if (block.number() % BLOCKS_PER_SAVE == 0) {
                journal.save(lachesis);
            }
        }
    }

    private void adoptOrphans() {
        boolean adopted = true;
        while (adopted) {
            adopted = false;
            for (Event orphan : List.copyOf(orphans.values())) {
                if (orphan.epoch() < lachesis.epoch() || lachesis.knows(orphan.id())) {
                    orphans.remove(orphan.id());
                } else if (orphan.epoch() == lachesis.epoch()
                        && orphan.parents().stream().allMatch(lachesis::knows)) {
                    orphans.remove(orphan.id());
                    adopted |= offer(orphan);
                }
            }
        }
    }

    // --- faults

    /** Goes down with what has reached the disk. */
    void crash() {
        up = false;
        orphans.clear();
        journal.crash(random.nextInt(journal.unflushed() + 1));
    }

    /** Comes back from disk. */
    void restart() {
        restarts++;
        up = true;
        lachesis = ((Reopened.Open) Lachesis.reopen(journal.state(), scenario.sealingRule())).lachesis();
        if (checker != null) {
            checker.reopened(validator, lachesis.lastBlock());
        }
        archive = new Archive();
        journal.accepted().forEach(archive::add);
        for (Event event : journal.sinceState()) {
            if (!(lachesis.process(event) instanceof Accepted accepted)) {
                throw new IllegalStateException(validator + " rejects what it had accepted before the crash: " + event);
            }
            if (checker != null) {
                accepted.blocks().forEach(block -> checker.decided(validator, block));
            }
        }
        lastOwn = archive.newestOf(lachesis.epoch(), validator);
    }

    int restarts() {
        return restarts;
    }
}
