// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a pod goes, and why.
 *
 * @param node the chosen one; empty when none fits
 * @param verdicts one per node, by name
 */
public record Decision(Optional<String> node, List<Verdict> verdicts) {

    /** One sentence: {@code 0 of 3 nodes fit: 3 lack 500m CPU (largest free 200m on node-1)}. */
    public String summary() {
        long fitting = verdicts.stream().filter(Verdict::fits).count();
        String found = fitting + " of " + verdicts.size() + " nodes fit";
        String why = refusals();
        String chosen = node.map(name -> "; chose " + name).orElse("");
        return found + chosen + (why.isEmpty() ? "" : ": " + why);
    }

    private String refusals() {
        Map<String, List<Verdict>> byReason = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            for (Refusal refusal : verdict.refusals()) {
                byReason.computeIfAbsent(refusal.reason(), reason -> new ArrayList<>())
                        .add(verdict);
            }
        }
        return byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
    }

    private static String describe(String reason, List<Verdict> verdicts) {
        boolean verb = reason.startsWith("lack ");
        String count = verdicts.size()
                + (verb ? verdicts.size() == 1 ? " lacks " : " lack " : verdicts.size() == 1 ? " is " : " are ");
        return count + (verb ? reason.substring("lack ".length()) : reason) + largestFree(reason, verdicts);
    }

    private static String largestFree(String reason, List<Verdict> verdicts) {
        record Free(String node, Refusal.Figure figure) {}
        return verdicts.stream()
                .flatMap(verdict -> verdict.refusals().stream()
                        .filter(refusal -> refusal.reason().equals(reason))
                        .flatMap(refusal -> Optional.ofNullable(refusal.free()).stream())
                        .map(figure -> new Free(verdict.node(), figure)))
                .max(Comparator.comparingLong(free -> free.figure().amount()))
                .map(free -> " (largest free " + free.figure().text() + " on " + free.node() + ")")
                .orElse("");
    }
}
