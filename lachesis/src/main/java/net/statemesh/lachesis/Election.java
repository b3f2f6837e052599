// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual election of one frame's Atropos: the roots of later frames vote, for every validator, whether its root of the frame is a
 * candidate. Nothing is sent; votes follow from the DAG.
 */
final class Election {
    private static final int UNDECIDED = -1;
    private static final int VOTED_DOWN = Dag.NONE;

    private final Validators validators;
    private final Frames frames;
    private final RootCauses causes;

    private int frame;
    private final int[] decided;
    /** votes of the roots of frame + 1, frame + 2 and so on: the candidate for each validator, VOTED_DOWN for no */
    private final List<List<int[]>> rounds = new ArrayList<>();

    private final int[] yesWeight;
    private final int[] candidate;
    private final int[] seenBy;
    private int voters;

    Election(Validators validators, Frames frames, RootCauses causes) {
        this.validators = validators;
        this.frames = frames;
        this.causes = causes;
        int count = validators.count();
        this.decided = new int[count];
        this.yesWeight = new int[count];
        this.candidate = new int[count];
        this.seenBy = new int[count];
        begin(1);
    }

    /** Where the election stands after a vote. */
    sealed interface Result {
        record Open() implements Result {}

        record Elected(int atropos) implements Result {}

        record Impossible(Halted.Proof proof) implements Result {}
    }

    private static final Result OPEN = new Result.Open();

    /** Forgets all votes and elects the Atropos of this frame. */
    void begin(int frameToDecide) {
        frame = frameToDecide;
        Arrays.fill(decided, UNDECIDED);
        rounds.clear();
    }

    int frame() {
        return frame;
    }

    /** Lets the root at this place of a frame vote. */
    Result vote(int voterFrame, int place) {
        Result result = choose();
        int round = voterFrame - frame;
        if (!(result instanceof Result.Open) || round < 1) {
            return result;
        }
        int[] observed = causes.of(voterFrame, place);
        int[] vote = new int[decided.length];
        if (round == 1) {
            voteFirst(observed, vote);
        } else {
            Halted.@Nullable Proof fault = voteAgain(voterFrame, observed, vote);
            if (fault != null) {
                return new Result.Impossible(fault);
            }
        }
        store(round, place, vote);
        return choose();
    }

    private void voteFirst(int[] observed, int[] vote) {
        for (int place : observed) {
            int root = frames.roots(frame).get(place);
            vote[frames.creatorOf(root)] = frames.eventOf(root);
        }
    }

    private Halted.@Nullable Proof voteAgain(int voterFrame, int[] observed, int[] vote) {
        List<int[]> earlier = rounds.get(voterFrame - frame - 2);
        IntList roots = frames.roots(voterFrame - 1);
        Arrays.fill(yesWeight, 0);
        Arrays.fill(candidate, VOTED_DOWN);
        voters++;
        int weight = 0;
        for (int place : observed) {
            int voter = frames.creatorOf(roots.get(place));
            if (seenBy[voter] == voters) {
                return Halted.Proof.DOUBLE_VOTE;
            }
            seenBy[voter] = voters;
            weight += validators.weight(voter);
            count(earlier.get(place), validators.weight(voter), yesWeight, candidate);
        }
        if (weight < validators.quorum()) {
            return Halted.Proof.NO_QUORUM;
        }
        if (candidatesDiffer(earlier, observed)) {
            return Halted.Proof.TWO_CANDIDATES;
        }
        decide(weight, vote);
        return null;
    }

    private static void count(int[] vote, int weight, int[] yesWeight, int[] candidate) {
        for (int v = 0; v < vote.length; v++) {
            yesWeight[v] += vote[v] == VOTED_DOWN ? 0 : weight;
            candidate[v] = Math.max(candidate[v], vote[v]);
        }
    }

    private boolean candidatesDiffer(List<int[]> votes, int[] observed) {
        if (!frames.holdsForks(frame)) {
            return false;
        }
        for (int place : observed) {
            int[] vote = votes.get(place);
            for (int v = 0; v < vote.length; v++) {
                if (decided[v] == UNDECIDED && vote[v] != VOTED_DOWN && vote[v] != candidate[v]) {
                    return true;
                }
            }
        }
        return false;
    }

    private void decide(int weight, int[] vote) {
        for (int v = 0; v < vote.length; v++) {
            int noWeight = weight - yesWeight[v];
            vote[v] = yesWeight[v] >= noWeight ? candidate[v] : VOTED_DOWN;
            if (decided[v] == UNDECIDED && Math.max(yesWeight[v], noWeight) >= validators.quorum()) {
                decided[v] = vote[v];
            }
        }
    }

    private void store(int round, int place, int[] vote) {
        if (rounds.size() < round) {
            rounds.add(new ArrayList<>());
        }
        List<int[]> votes = rounds.get(round - 1);
        if (place < votes.size()) {
            votes.set(place, vote);
        } else {
            votes.add(vote);
        }
    }

    private Result choose() {
        for (int root : decided) {
            if (root == UNDECIDED) {
                return OPEN;
            }
            if (root != VOTED_DOWN) {
                return new Result.Elected(root);
            }
        }
        return new Result.Impossible(Halted.Proof.NO_ATROPOS);
    }
}
