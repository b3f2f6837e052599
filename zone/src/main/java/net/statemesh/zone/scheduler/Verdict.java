// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.List;
import java.util.Map;

/**
 * What was found about one node.
 *
 * @param refusals why not here; empty when it fits
 * @param scores by name of the score, from 0 to 1; empty when it does not fit
 * @param total weighted mean of the scores, from 0 to 1
 */
public record Verdict(String node, List<Refusal> refusals, Map<String, Double> scores, double total) {
    public boolean fits() {
        return refusals.isEmpty();
    }
}
