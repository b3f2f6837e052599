// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.Annotations;
import net.statemesh.api.Reason;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.plan.Conditions;
import net.statemesh.zone.scheduler.Decision;
import net.statemesh.zone.scheduler.Refusal;
import net.statemesh.zone.scheduler.Verdict;

/** Writes decisions of the scheduler: a binding, or a condition that says why there is none. */
public final class Bindings {
    /** Nodes that a recorded decision names; the chosen and the best ones come first. */
    static final int MAX_RECORDED_NODES = 20;

    private static final String POD_SCHEDULED = "PodScheduled";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    public Bindings(KubernetesClient client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.clock = clock;
    }

    /** Gives the pod its node. The API server refuses when the pod has one or is another by now. */
    void bind(Pod pod, String node, Decision decision) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(pod.getMetadata().getUid())
                .addToAnnotations(Annotations.DECISION, compact(decision))
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        client.raw("/api/v1/namespaces/" + namespace + "/pods/" + name + "/binding", "POST", binding);
    }

    /** Says in the pod's status, and in an event, which nodes were looked at and what each lacks. */
    void unschedulable(Pod pod, Decision decision) {
        String message = decision.summary();
        Optional<PodCondition> before = pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(POD_SCHEDULED))
                        .findFirst();
        if (before.filter(condition -> message.equals(condition.getMessage())).isPresent()) {
            return;
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", POD_SCHEDULED);
        condition.put("status", "False");
        condition.put("reason", Reason.UNSCHEDULABLE);
        condition.put("message", message);
        condition.put(
                "lastTransitionTime",
                before.filter(previous -> "False".equals(previous.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .orElseGet(() -> Conditions.timestamp(clock.instant())));
        String patch = write(Map.of("status", Map.of("conditions", List.of(condition))));
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
        events.record(pod, EventRecorder.WARNING, Reason.UNSCHEDULABLE, message);
    }

    /** {@code {"node":…,"nodes":{NAME:{"total":…,"scores":{…}}|{"refused":[…]}}}}. */
    private String compact(Decision decision) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        decision.verdicts().stream()
                .sorted((a, b) -> Double.compare(b.total(), a.total()))
                .limit(MAX_RECORDED_NODES)
                .forEach(verdict -> nodes.put(verdict.node(), describe(verdict)));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("node", decision.node().orElse(""));
        record.put("nodes", nodes);
        return write(record);
    }

    private static Map<String, Object> describe(Verdict verdict) {
        if (!verdict.fits()) {
            return Map.of(
                    "refused", verdict.refusals().stream().map(Refusal::reason).toList());
        }
        Map<String, Object> scores = new LinkedHashMap<>();
        verdict.scores().forEach((name, rate) -> scores.put(name, rounded(rate)));
        return Map.of("total", rounded(verdict.total()), "scores", scores);
    }

    private static double rounded(double rate) {
        return Math.round(rate * 1000) / 1000.0;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and numbers cannot be written as JSON", e);
        }
    }
}
