// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look for nodes that fit a pod, the best for its policy first, until there are enough to choose from. */
final class Search {
    /** Nodes to choose from; more would cost time and hardly give a better one, since the best for the policy come first. */
    static final int ENOUGH = 100;
    /** Up to so many eligible nodes are looked at one by one rather than found among all. */
    private static final int FEW = 512;

    private final PodRequest pod;
    private final NodeLedger ledger;
    private final Eligibility eligible;
    private final Surroundings around;
    private final Tallies tallies;
    private final List<NodeState> fitting = new ArrayList<>();
    private int looked;

    Search(PodRequest pod, NodeLedger ledger) {
        this.pod = pod;
        this.ledger = ledger;
        this.eligible = ledger.eligible(pod.demands());
        this.around = new Surroundings(pod, ledger.applications(), eligible);
        this.tallies = new Tallies(pod);
    }

    Search run() {
        look(promising());
        if (fitting.isEmpty()) {
            look(others());
        }
        return this;
    }

    /** Nodes to look at first, the best for the policy first; not all of them are eligible. */
    Iterable<NodeState> promising() {
        return eligible.eligible() <= FEW
                ? ledger.few(eligible, pod.policy())
                : ledger.order().promising(pod.policy(), pod.resources().cpuMillis());
    }

    /** Nodes that certainly have no room. */
    Iterable<NodeState> others() {
        return eligible.eligible() <= FEW
                ? List.of()
                : ledger.order().others(pod.policy(), pod.resources().cpuMillis());
    }

    private void look(Iterable<NodeState> nodes) {
        for (NodeState node : nodes) {
            if (fitting.size() == ENOUGH) {
                return;
            }
            if (eligible.allows(node)) {
                looked++;
                if (fits(node, pod.resources(), node.freeFor(pod))) {
                    fitting.add(node);
                } else {
                    tally(node);
                }
            }
        }
    }

    /** Whether an eligible node would do with so much free. */
    boolean fits(NodeState node, Resources wanted, Resources free) {
        return wanted.fitsIn(free) && keepsRules(node.facts());
    }

    boolean keepsRules(NodeFacts node) {
        return around.spreadRefusal(node) == null
                && around.nearRefusal(node) == null
                && around.apartRefusal(node) == null;
    }

    private void tally(NodeState node) {
        Resources free = node.freeFor(pod);
        String spread = around.spreadRefusal(node.facts());
        String near = around.nearRefusal(node.facts());
        String apart = around.apartRefusal(node.facts());
        int refusals = (spread == null ? 0 : 1) + (near == null ? 0 : 1) + (apart == null ? 0 : 1);
        for (Resource resource : Resource.values()) {
            refusals += resource.of(pod.resources()) > resource.of(free) ? 1 : 0;
        }
        boolean one = refusals == 1;
        for (Resource resource : Resource.values()) {
            if (resource.of(pod.resources()) > resource.of(free)) {
                tallies.lacking(resource, node, resource.of(free), one);
            }
        }
        broken("Spread", spread, one);
        broken("Near", near, one);
        broken("Apart", apart, one);
    }

    private void broken(String filter, @Nullable String reason, boolean one) {
        if (reason != null) {
            tallies.broken(filter, reason, one);
        }
    }

    List<NodeState> fitting() {
        return fitting;
    }

    Eligibility eligible() {
        return eligible;
    }

    Surroundings around() {
        return around;
    }

    /** Nodes that something is known about: those looked at and those that were refused whatever runs there. */
    int looked() {
        return looked + ledger.size() - eligible.eligible();
    }

    /** The least of one resource that would make a node fit; null when no node lacks that alone. */
    Tallies.@Nullable Missing missing(Resource resource) {
        return tallies.missing(resource);
    }

    List<Tally> tallies() {
        return tallies.with(eligible.tallies());
    }

    /** Everything that keeps the pod off a node; empty when it fits. */
    List<Refusal> refusals(NodeState node) {
        List<Refusal> refusals = new ArrayList<>(eligible.refusals(node));
        Resources free = node.freeFor(pod);
        for (Resource resource : Resource.values()) {
            long wanted = resource.of(pod.resources());
            long has = resource.of(free);
            if (wanted > has) {
                refusals.add(new Refusal(
                        resource.filter(),
                        "lack " + resource.words(wanted),
                        new Refusal.Figure(has, resource.text(has))));
            }
        }
        add(refusals, "Spread", around.spreadRefusal(node.facts()));
        add(refusals, "Near", around.nearRefusal(node.facts()));
        add(refusals, "Apart", around.apartRefusal(node.facts()));
        return List.copyOf(refusals);
    }

    private static void add(List<Refusal> refusals, String filter, @Nullable String reason) {
        if (reason != null) {
            refusals.add(Refusal.of(filter, reason));
        }
    }

    /** What each score says of a node that fits. */
    Map<String, Double> scores(NodeState node) {
        return Score.rates(pod, node, around);
    }
}
