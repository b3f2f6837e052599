// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One epoch: its DAG, frames and election. Everything is dropped with it. */
final class Epoch {
    /** Most frames by which a new event may lie ahead of its self-parent. */
    private static final int MAX_FRAMES_AHEAD = 100;

    private final int number;
    private final Validators validators;
    private final Dag dag;
    private final Examination examination;
    private final Ancestry ancestry;
    private final Frames frames;
    private final RootCauses causes = new RootCauses();
    private final ForklessCause forklessCause;
    private final Election election;
    private final Confirmation confirmation;

    private final int[] clock;
    private final int[] selfParentClock;

    Epoch(int number, Validators validators) {
        this.number = number;
        this.validators = validators;
        int count = validators.count();
        this.dag = new Dag(count);
        this.examination = new Examination(number, validators, dag);
        this.ancestry = new Ancestry(dag, count);
        this.frames = new Frames(dag, count);
        this.forklessCause = new ForklessCause(validators, dag, ancestry, frames);
        this.election = new Election(validators, frames, causes);
        this.confirmation = new Confirmation(dag);
        this.clock = new int[count];
        this.selfParentClock = new int[count];
    }

    /** Checks an event and enters it into DAG and frames. */
    Admitted admit(Event event) {
        return switch (examination.ofEvent(event)) {
            case Rejected rejected -> new Admitted.Invalid(rejected);
            case NewEvent found -> admitToFrame(event, found);
        };
    }

    private Admitted admitToFrame(Event event, NewEvent found) {
        ancestry.clockOf(found, clock);
        forklessCause.look(found, clock);
        int selfParentFrame = dag.frame(found.selfParent());
        List<int[]> causesByFrame = new ArrayList<>();
        int reached = climb(selfParentFrame, event.frame(), causesByFrame);
        if (reached != event.frame()) {
            return new Admitted.Invalid(new Rejected(
                    Rule.FRAME_REACHED,
                    "the event claims frame " + event.frame() + ", the self-parent is in frame " + selfParentFrame
                            + " and the past reaches up to frame " + reached));
        }
        int added = dag.add(event.id(), found, reached);
        ancestry.append(clock);
        if (reached != selfParentFrame) {
            frames.register(added, selfParentFrame);
            for (int i = 0; i < causesByFrame.size(); i++) {
                causes.add(selfParentFrame + 1 + i, causesByFrame.get(i));
            }
        }
        observeRoots(added, found.selfParent());
        return new Admitted.Member(added, selfParentFrame, reached);
    }

    private void observeRoots(int added, int selfParent) {
        if (selfParent == Dag.NONE) {
            Arrays.fill(selfParentClock, Dag.NONE);
        } else {
            ancestry.copy(selfParent, selfParentClock);
        }
        frames.observe(added, clock, selfParentClock);
    }

    /**
     * The frame that the event reaches from its self-parent's, at most {@code limit}; adds for each frame entered the causes in the frame
     * before. The first frame is entered without any.
     */
    private int climb(int selfParentFrame, int limit, List<int[]> causesByFrame) {
        if (selfParentFrame == 0) {
            // no root is in frame 0, so an event without a self-parent stays in frame 1
            causesByFrame.add(RootCauses.none());
            return 1;
        }
        int frame = selfParentFrame;
        while (frame < limit && frame <= frames.last()) {
            int @Nullable [] quorum = forklessCause.quorumOf(frame);
            if (quorum == null) {
                return frame;
            }
            causesByFrame.add(quorum);
            frame++;
        }
        return frame;
    }

    /** What a new event of this creator with these parents must claim. */
    Built build(long creator, List<EventId> parents) {
        return switch (examination.ofParents(creator, parents)) {
            case Rejected rejected -> rejected;
            case NewEvent found -> {
                ancestry.clockOf(found, clock);
                forklessCause.look(found, clock);
                int selfParentFrame = dag.frame(found.selfParent());
                int frame = climb(selfParentFrame, selfParentFrame + MAX_FRAMES_AHEAD, new ArrayList<>());
                yield new Claim(number, found.seq(), creator, found.lamport(), parents, frame);
            }
        };
    }

    /** Elects with the roots of an event that was just admitted. */
    Election.Result vote(int event, int frame) {
        IntList roots = frames.roots(frame);
        int place = roots.size() - 1;
        while (frames.eventOf(roots.get(place)) != event) {
            place--;
        }
        return election.vote(frame, place);
    }

    /** Begins the election of the next frame and lets the known roots vote, up to the first result. */
    Election.Result electNext() {
        int frame = election.frame() + 1;
        election.begin(frame);
        causes.forgetUpTo(frame);
        for (int voterFrame = frame; voterFrame <= frames.last(); voterFrame++) {
            for (int place = 0; place < frames.roots(voterFrame).size(); place++) {
                Election.Result result = election.vote(voterFrame, place);
                if (!(result instanceof Election.Result.Open)) {
                    return result;
                }
            }
        }
        return new Election.Result.Open();
    }

    /** The block that decides this frame; its events are confirmed from now on. */
    Block decide(long blockNumber, int atropos) {
        return new Block(
                blockNumber,
                number,
                election.frame(),
                dag.id(atropos),
                cheatersObservedBy(atropos),
                confirmation.confirm(atropos));
    }

    List<Long> cheatersObservedBy(int event) {
        List<Long> cheaters = new ArrayList<>();
        for (int v = 0; v < validators.count(); v++) {
            if (ancestry.last(event, v) == Ancestry.CHEATER) {
                cheaters.add(validators.id(v));
            }
        }
        return cheaters;
    }

    boolean isForklessCause(int later, int earlier) {
        return forklessCause.ofEvent(later, earlier);
    }

    /** Validators with two events in one place of the DAG, whoever observes both, in canonical order. */
    List<Long> forkers() {
        List<Long> ids = new ArrayList<>();
        for (int v = 0; v < validators.count(); v++) {
            if (dag.isForker(v)) {
                ids.add(validators.id(v));
            }
        }
        return ids;
    }

    int forkersWeight() {
        IntList forkers = dag.forkers();
        int weight = 0;
        for (int i = 0; i < forkers.size(); i++) {
            weight += validators.weight(forkers.get(i));
        }
        return weight;
    }

    int number() {
        return number;
    }

    Validators validators() {
        return validators;
    }

    int lastDecidedFrame() {
        return election.frame() - 1;
    }

    Dag dag() {
        return dag;
    }
}
