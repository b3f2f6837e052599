// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a pod goes, and why.
 *
 * @param node the chosen one; empty when none fits
 * @param nodes how many the zone has
 * @param looked those that something was found out about: all of them when none fits
 * @param fitting those that would do, of those looked at
 * @param tallies every reason against a node, that of most nodes first
 * @param verdicts at most {@value #MAX_VERDICTS}: the chosen one first; of a larger zone the {@value #MAX_BEST} best, or refused ones
 * @param advice what would make it fit, when nothing does
 * @param preemption who would make room, when nothing fits
 */
public record Decision(
        Optional<String> node,
        int nodes,
        int looked,
        int fitting,
        List<Tally> tallies,
        List<Verdict> verdicts,
        List<String> advice,
        Optional<Preemption> preemption) {
    /** Nodes that a decision tells about one by one. */
    public static final int MAX_VERDICTS = 20;
    /** Of a larger zone, the nodes that would do: every pod keeps its decision, so it must stay small. */
    static final int MAX_BEST = 5;

    /** About a pod that was not looked for a place for. */
    static final Decision NONE =
            new Decision(Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), Optional.empty());

    private static final int MAX_REASONS = 8;

    /** One sentence: {@code 0 of 3 nodes fit: 3 lack 500m CPU (largest free 200m on node-1)}. */
    public String summary() {
        List<String> reasons = new ArrayList<>();
        for (Tally tally : tallies.subList(0, Math.min(tallies.size(), MAX_REASONS))) {
            reasons.add(describe(tally));
        }
        if (tallies.size() > MAX_REASONS) {
            reasons.add((tallies.size() - MAX_REASONS) + " reasons more");
        }
        String found = fitting + " of " + looked + " nodes fit";
        String rest = looked == nodes ? "" : " (enough to choose from, " + (nodes - looked) + " more not looked at)";
        String chosen = node.map(name -> "; chose " + name).orElse("");
        return found + rest + chosen + (reasons.isEmpty() ? "" : ": " + String.join(", ", reasons));
    }

    /** The summary and what would help: {@code …; needs 300m CPU more on node-1}. */
    public String explanation() {
        List<String> sentences = new ArrayList<>();
        sentences.add(summary());
        sentences.addAll(advice);
        preemption.ifPresent(plan -> sentences.add(
                plan.victims().isEmpty()
                        ? "replicas that are ending on " + plan.node() + " make room"
                        : plan.victims().size() + " less important on " + plan.node() + " are ended to make room"));
        return String.join("; ", sentences);
    }

    private static String describe(Tally tally) {
        boolean one = tally.nodes() == 1;
        boolean lack = Refusal.isLack(tally.reason());
        String verb = lack ? (one ? " lacks " : " lack ") : one ? " is " : " are ";
        String free =
                tally.free() == null ? "" : " (largest free " + tally.free().text() + " on " + tally.nearest() + ")";
        return tally.nodes() + verb + Refusal.lacking(tally.reason()) + free;
    }
}
