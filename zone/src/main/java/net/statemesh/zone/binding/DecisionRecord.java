// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.api.Annotations;
import net.statemesh.zone.scheduler.Decision;
import net.statemesh.zone.scheduler.PlacedPod;
import net.statemesh.zone.scheduler.Preemption;
import net.statemesh.zone.scheduler.Tally;
import net.statemesh.zone.scheduler.Verdict;

/**
 * A decision as pods keep it in {@link Annotations#DECISION}:
 *
 * <pre>
 * {"node":"n1", "fitting":2, "looked":3, "total":3,
 *  "nodes":{"n1":{"total":0.8,"scores":{"Spread":1}}, "n3":{"refused":["lack 500m CPU"],"filters":["Cpu"]}},
 *  "reasons":[{"filter":"Cpu","reason":"lack 500m CPU","nodes":1,"alone":1,"nearest":"n3","free":"200m"}],
 *  "advice":["needs 300m CPU more on n3"],
 *  "preemption":{"node":"n3","victims":["team/batch-1"]}}
 * </pre>
 */
final class DecisionRecord {
    private static final int MAX_REASONS = 20;
    private static final double THOUSANDTHS = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private DecisionRecord() {}

    static String of(Decision decision) {
        ObjectNode record = JSON.createObjectNode()
                .put("node", decision.node().orElse(""))
                .put("fitting", decision.fitting())
                .put("looked", decision.looked())
                .put("total", decision.nodes());
        ObjectNode nodes = record.putObject("nodes");
        decision.verdicts().forEach(verdict -> describe(nodes.putObject(verdict.node()), verdict));
        ArrayNode reasons = record.putArray("reasons");
        decision.tallies().stream().limit(MAX_REASONS).forEach(tally -> describe(reasons.addObject(), tally));
        if (!decision.advice().isEmpty()) {
            ArrayNode advice = record.putArray("advice");
            decision.advice().forEach(advice::add);
        }
        decision.preemption().ifPresent(plan -> describe(record.putObject("preemption"), plan));
        return write(record);
    }

    private static void describe(ObjectNode into, Verdict verdict) {
        if (verdict.fits()) {
            into.put("total", rounded(verdict.total()));
            ObjectNode scores = into.putObject("scores");
            verdict.scores().forEach((name, rate) -> scores.put(name, rounded(rate)));
        } else {
            ArrayNode refused = into.putArray("refused");
            ArrayNode filters = into.putArray("filters");
            verdict.refusals().forEach(refusal -> {
                refused.add(refusal.reason()
                        + (refusal.free() == null ? "" : " (" + refusal.free().text() + " free)"));
                filters.add(refusal.filter());
            });
        }
    }

    private static void describe(ObjectNode into, Tally tally) {
        into.put("filter", tally.filter())
                .put("reason", tally.reason())
                .put("nodes", tally.nodes())
                .put("alone", tally.alone());
        if (tally.free() != null) {
            into.put("nearest", tally.nearest()).put("free", tally.free().text());
        }
    }

    private static void describe(ObjectNode into, Preemption plan) {
        into.put("node", plan.node());
        List<String> victims = plan.victims().stream().map(PlacedPod::key).toList();
        into.set("victims", JSON.valueToTree(victims));
    }

    private static double rounded(double rate) {
        return Math.round(rate * THOUSANDTHS) / THOUSANDTHS;
    }

    /** The text of a JSON object of texts, numbers, lists and objects. */
    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and numbers cannot be written as JSON", e);
        }
    }
}
