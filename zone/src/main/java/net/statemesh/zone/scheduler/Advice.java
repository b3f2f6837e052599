// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What would make a pod fit that fits nowhere now: the smallest change of each kind that was seen. */
final class Advice {
    static final int MAX_SENTENCES = 5;
    /** Refused nodes that are tried without their one refusal. */
    private static final int MAX_TRIED = 256;

    private static final String NOT = "not ";

    private final PodRequest pod;
    private final Search search;
    private final NodeLedger ledger;
    private final List<String> sentences = new ArrayList<>();

    private Advice(PodRequest pod, Search search, NodeLedger ledger) {
        this.pod = pod;
        this.search = search;
        this.ledger = ledger;
    }

    static List<String> of(PodRequest pod, Search search, NodeLedger ledger) {
        Advice advice = new Advice(pod, search, ledger);
        if (ledger.size() == 0) {
            return List.of("the zone has no node: add one");
        }
        List<Tally> tallies = search.tallies();
        tallies.forEach(advice::whatAllLack);
        tallies.forEach(advice::whatIsMissingOnly);
        advice.nodesThatWouldFit();
        if (advice.sentences.isEmpty() && !tallies.isEmpty()) {
            advice.sentences.add("no single change is enough: each node is refused for more than one reason");
        }
        return advice.sentences.stream().limit(MAX_SENTENCES).toList();
    }

    private void whatAllLack(Tally tally) {
        if (tally.nodes() < ledger.size() || tally.free() != null) {
            return;
        }
        sentences.add(
                Refusal.isLack(tally.reason())
                        ? "no node has " + Refusal.lacking(tally.reason())
                        : "every node is " + tally.reason());
    }

    private void whatIsMissingOnly(Tally tally) {
        for (Resource resource : Resource.values()) {
            Tallies.Missing missing = search.missing(resource);
            if (missing != null && tally.filter().equals(resource.filter())) {
                sentences.add("needs " + resource.words(missing.amount()) + " more on " + where(tally, missing.node()));
            }
        }
        if (tally.alone() > 0 && tally.nodes() < ledger.size()) {
            switch (tally.filter()) {
                case "Spread" -> sentences.add("needs room in a domain with fewer replicas, or a larger maxSkew");
                case "Near" -> sentences.add(tally.alone() + " with room " + tally.reason());
                case "Apart" -> sentences.add("needs room on a node that is not " + tally.reason());
                default -> {}
            }
        }
    }

    private String where(Tally tally, String nearest) {
        if (tally.alone() == 1) {
            return nearest;
        }
        return tally.alone() == ledger.size()
                ? "any node (" + nearest + " comes nearest)"
                : "one of " + tally.alone() + " nodes (" + nearest + " comes nearest)";
    }

    private void nodesThatWouldFit() {
        Set<String> told = new HashSet<>();
        int tried = 0;
        for (NodeState node : ledger.nodes()) {
            if (++tried > MAX_TRIED) {
                return;
            }
            List<Refusal> refusals = search.eligible().refusals(node);
            if (refusals.size() == 1
                    && search.fits(node, pod.resources(), node.freeFor(pod))
                    && told.add(refusals.getFirst().reason())) {
                sentences.add(node.name() + " would fit if it "
                        + opposite(refusals.getFirst().reason()));
            }
        }
    }

    private static String opposite(String reason) {
        if (Refusal.isLack(reason)) {
            return "had " + Refusal.lacking(reason);
        }
        return reason.startsWith(NOT) ? "were " + reason.substring(NOT.length()) : "were not " + reason;
    }
}
