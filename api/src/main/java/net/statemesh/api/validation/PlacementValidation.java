// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import java.util.List;
import java.util.Objects;
import net.statemesh.api.Hostnames;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Placement.Neighbour;
import net.statemesh.api.application.Placement.Spread;
import org.jspecify.annotations.Nullable;

/** Rules over where replicas go. */
final class PlacementValidation {
    private static final String DOMAINS = "Node, Operator, Zone or Region";

    private final Violations violations;

    PlacementValidation(Violations violations) {
        this.violations = violations;
    }

    void check(String field, @Nullable Placement placement) {
        if (placement == null) {
            return;
        }
        spread(field + ".spread", placement.spread());
        neighbours(field + ".near", placement.near());
        neighbours(field + ".apart", placement.apart());
        contradictions(field, placement);
        if (placement.gang() != null) {
            range(
                    field + ".gang.timeoutSeconds",
                    placement.gang().timeoutSeconds(),
                    Placement.Gang.MIN_TIMEOUT_SECONDS,
                    Placement.Gang.MAX_TIMEOUT_SECONDS);
        }
    }

    private void spread(String field, List<Spread> rules) {
        atMost(field, rules.size());
        Violations.Unique domains = violations.new Unique("a domain that no other spread rule names");
        for (int i = 0; i < rules.size(); i++) {
            Spread rule = rules.get(i);
            String each = field + "[" + i + "]";
            if (violations.present(rule.across(), each + ".across", DOMAINS)) {
                domains.check(each + ".across", word(rule.across()));
            }
            range(each + ".maxSkew", rule.maxSkew(), 1, Placement.MAX_SKEW);
        }
    }

    private void neighbours(String field, List<Neighbour> rules) {
        atMost(field, rules.size());
        Violations.Unique pairs = violations.new Unique("an application and domain that no other rule of the list has");
        for (int i = 0; i < rules.size(); i++) {
            Neighbour rule = rules.get(i);
            String each = field + "[" + i + "]";
            String name = Objects.requireNonNullElse(rule.application(), "");
            violations.require(
                    Hostnames.isDnsLabel(name),
                    each + ".application",
                    name,
                    "the name of an application of the same project (a-z, 0-9 and -)");
            pairs.check(each, name + " within " + word(rule.within()));
        }
    }

    private void contradictions(String field, Placement placement) {
        for (int i = 0; i < placement.apart().size(); i++) {
            Neighbour apart = placement.apart().get(i);
            boolean both = apart.rule() == Placement.Rule.REQUIRED
                    && placement.near().stream()
                            .filter(near -> near.rule() == Placement.Rule.REQUIRED)
                            .anyMatch(near -> Objects.equals(near.application(), apart.application())
                                    && isInside(near.within(), apart.within()));
            violations.require(
                    !both,
                    field + ".apart[" + i + "]",
                    apart.application() + " within " + word(apart.within()),
                    "a rule that spec.placement.near does not contradict");
        }
    }

    /** Whether the same {@code inner} domain means the same {@code outer} one. */
    private static boolean isInside(Domain inner, Domain outer) {
        return inner == outer || inner == Domain.NODE || (inner == Domain.ZONE && outer == Domain.REGION);
    }

    private void atMost(String field, int size) {
        violations.require(size <= Placement.MAX_RULES, field, size + " rules", "at most " + Placement.MAX_RULES);
    }

    private void range(String field, int value, int least, int most) {
        violations.require(
                value >= least && value <= most, field, value, "a whole number from " + least + " to " + most);
    }

    private static String word(Domain domain) {
        String word = domain.word();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
