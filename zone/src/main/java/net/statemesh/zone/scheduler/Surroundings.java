// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.statemesh.api.application.Domain;
import org.jspecify.annotations.Nullable;

/** What one pod's rules mean in the zone as it is now: looked up once a decision, then asked for every node. */
final class Surroundings {
    /** @param least replicas in the eligible domain that has fewest */
    private record Spread(SpreadRule rule, Map<String, Integer> replicas, int least, String ahead, String unlabelled) {
        int above(String domain) {
            return replicas.getOrDefault(domain, 0) + 1 - least;
        }
    }

    private record Neighbours(NeighbourRule rule, Map<String, Integer> replicas, String broken) {
        boolean has(NodeFacts node) {
            String domain = node.domain(rule.within());
            return domain != null && replicas.containsKey(domain);
        }
    }

    private final PodRequest pod;
    private final ApplicationIndex applications;
    private final List<Spread> spread = new ArrayList<>();
    private final List<Neighbours> near = new ArrayList<>();
    private final List<Neighbours> apart = new ArrayList<>();
    private final boolean repelled;

    Surroundings(PodRequest pod, ApplicationIndex applications, Eligibility eligible) {
        this.pod = pod;
        this.applications = applications;
        for (SpreadRule rule : pod.spread()) {
            Map<String, Integer> replicas = applications.replicas(pod.application(), rule.across());
            spread.add(new Spread(
                    rule,
                    replicas,
                    least(replicas, eligible.domains(rule.across())),
                    "ahead in the spread over " + rule.across().word() + "s by maxSkew " + rule.maxSkew(),
                    "lack the label " + rule.across().label() + " to spread over"));
        }
        pod.near()
                .forEach(rule ->
                        near.add(neighbours(rule, "lack a replica of " + rule.shortName() + inTheSame(rule.within()))));
        pod.apart()
                .forEach(rule ->
                        apart.add(neighbours(rule, "kept apart from " + rule.shortName() + inTheSame(rule.within()))));
        repelled = applications.isRepelled(pod.application());
    }

    /** Gives why a required spread rule keeps the pod off the node, or null. */
    @Nullable
    String spreadRefusal(NodeFacts node) {
        for (Spread each : spread) {
            if (each.rule().required()) {
                String domain = node.domain(each.rule().across());
                if (domain == null) {
                    return each.unlabelled();
                }
                if (each.above(domain) > each.rule().maxSkew()) {
                    return each.ahead();
                }
            }
        }
        return null;
    }

    /** The first replica of an application that wants to be near itself may go anywhere. */
    @Nullable
    String nearRefusal(NodeFacts node) {
        for (Neighbours each : near) {
            boolean first =
                    each.replicas().isEmpty() && each.rule().application().equals(pod.application());
            if (each.rule().required() && !first && !each.has(node)) {
                return each.broken();
            }
        }
        return null;
    }

    /** Both ways: those that the pod wants to be apart from, and those that want to be apart from it. */
    @Nullable
    String apartRefusal(NodeFacts node) {
        for (Neighbours each : apart) {
            if (each.rule().required() && each.has(node)) {
                return each.broken();
            }
        }
        return repelled && isRepelling(node) ? "near replicas that keep this application apart" : null;
    }

    /** From 0 to 1: how well the node keeps the spread rules, required or not; 1 without any. */
    double spreadRate(NodeFacts node) {
        double worst = 1;
        for (Spread each : spread) {
            String domain = node.domain(each.rule().across());
            worst = Math.min(worst, domain == null ? 0 : 1.0 / Math.max(1, each.above(domain)));
        }
        return worst;
    }

    /** From 0 to 1: share of the preferred neighbour rules that hold on the node; 1 without any. */
    double neighbourRate(NodeFacts node) {
        int rules = 0;
        int kept = 0;
        for (Neighbours each : near) {
            if (!each.rule().required()) {
                rules++;
                kept += each.has(node) ? 1 : 0;
            }
        }
        for (Neighbours each : apart) {
            if (!each.rule().required()) {
                rules++;
                kept += each.has(node) ? 0 : 1;
            }
        }
        return rules == 0 ? 1 : (double) kept / rules;
    }

    private Neighbours neighbours(NeighbourRule rule, String broken) {
        return new Neighbours(rule, applications.replicas(rule.application(), rule.within()), broken);
    }

    private static String inTheSame(Domain domain) {
        return (domain == Domain.NODE ? " on the same " : " in the same ") + domain.word();
    }

    private boolean isRepelling(NodeFacts node) {
        for (Domain kind : Domain.values()) {
            String domain = node.domain(kind);
            if (domain != null
                    && applications.repelling(pod.application(), kind).containsKey(domain)) {
                return true;
            }
        }
        return false;
    }

    /** Costs as much as the application has domains, not as the zone has. */
    private static int least(Map<String, Integer> replicas, Map<String, Integer> eligible) {
        int used = 0;
        int least = Integer.MAX_VALUE;
        for (Map.Entry<String, Integer> each : replicas.entrySet()) {
            if (eligible.containsKey(each.getKey())) {
                used++;
                least = Math.min(least, each.getValue());
            }
        }
        return used < eligible.size() || used == 0 ? 0 : least;
    }
}
