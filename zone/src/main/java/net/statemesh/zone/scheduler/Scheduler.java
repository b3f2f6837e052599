// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a node: every filter must pass, then the highest weighted score wins; equal ones go by name. The same ledger always gives the
 * same decision, however it came about.
 */
public final class Scheduler {
    private record Scored(NodeState node, double total) {
        static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble((Scored scored) -> -scored.total)
                .thenComparing(scored -> scored.node.name());
    }

    private Scheduler() {}

    /** Looks at nodes until there are enough to choose from; at every one when none fits. */
    public static Decision decide(PodRequest pod, NodeLedger ledger) {
        Search search = new Search(pod, ledger).run();
        List<Scored> scored = new ArrayList<>(search.fitting().size());
        for (NodeState node : search.fitting()) {
            scored.add(new Scored(node, Score.total(pod, node, search.around())));
        }
        scored.sort(Scored.BEST_FIRST);
        Optional<String> chosen = scored.isEmpty()
                ? Optional.empty()
                : Optional.of(scored.getFirst().node.name());
        return new Decision(
                chosen,
                ledger.size(),
                search.looked(),
                scored.size(),
                search.tallies(),
                verdicts(search, scored, ledger),
                scored.isEmpty() ? Advice.of(pod, search, ledger) : List.of(),
                scored.isEmpty() ? Preemption.plan(pod, search, ledger) : Optional.empty());
    }

    /** Whether this one node fits, at the cost of one node. */
    public static boolean fits(PodRequest pod, String name, NodeLedger ledger) {
        Optional<NodeState> node = ledger.node(name);
        if (node.isEmpty()) {
            return false;
        }
        Search search = new Search(pod, ledger);
        return search.eligible().allows(node.get())
                && search.fits(node.get(), pod.resources(), node.get().freeFor(pod));
    }

    /** All nodes of a small zone; else the best ones or, when none fits, refused ones by name. */
    private static List<Verdict> verdicts(Search search, List<Scored> scored, NodeLedger ledger) {
        boolean all = ledger.size() <= Decision.MAX_VERDICTS;
        List<Verdict> verdicts = new ArrayList<>();
        int best = Math.min(scored.size(), all ? Decision.MAX_VERDICTS : Decision.MAX_BEST);
        for (Scored each : scored.subList(0, best)) {
            verdicts.add(new Verdict(each.node.name(), List.of(), search.scores(each.node), each.total));
        }
        if (!all && !scored.isEmpty()) {
            return List.copyOf(verdicts);
        }
        for (NodeState node : ledger.nodes()) {
            if (verdicts.size() == Decision.MAX_VERDICTS) {
                break;
            }
            List<Refusal> refusals = search.refusals(node);
            if (!refusals.isEmpty()) {
                verdicts.add(new Verdict(node.name(), refusals, Map.of(), 0));
            }
        }
        return List.copyOf(verdicts);
    }
}
