// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import net.statemesh.api.Annotations;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.scheduler.Decision;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.Preemption;
import net.statemesh.zone.scheduler.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions of the scheduler: a binding, a condition that says why there is none, or the end of those that make room. */
public final class Bindings {
    private static final String POD_SCHEDULED = "PodScheduled";
    /** Kubernetes' condition of a pod that something other than itself ends. */
    private static final String DISRUPTION_TARGET = "DisruptionTarget";

    private static final Logger LOG = LoggerFactory.getLogger(Bindings.class);

    private final KubernetesClient client;
    private final EventRecorder events;
    private final PodWriter writer;

    public Bindings(KubernetesClient client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.writer = new PodWriter(client, clock);
    }

    /** Gives the pod its node. The API server refuses when the pod has one or is another by now. */
    void bind(PodRequest pod, String node, Decision decision) {
        int slash = pod.key().indexOf('/');
        String namespace = pod.key().substring(0, slash);
        String name = pod.key().substring(slash + 1);
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(pod.uid())
                .addToAnnotations(Annotations.DECISION, DecisionRecord.of(decision))
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        client.raw("/api/v1/namespaces/" + namespace + "/pods/" + name + "/binding", "POST", binding);
    }

    void bound(Pod pod, Decision decision) {
        events.record(pod, EventRecorder.NORMAL, Reason.SCHEDULED, decision.summary());
    }

    /** Says in the pod's status, and in an event, which nodes were looked at, what each lacks, and what would help. */
    void unschedulable(Pod seen, Step.Wait wait) {
        String nominated = wait.decision().preemption().map(Preemption::node).orElse(null);
        boolean news = StatusConditions.of(seen, POD_SCHEDULED)
                .map(PodCondition::getMessage)
                .filter(wait.message()::equals)
                .isEmpty();
        boolean written = news
                && writer.write(seen, Bindings::hasNoNode, pod -> {
                    Pod annotated = writer.annotate(pod, Annotations.DECISION, DecisionRecord.of(wait.decision()));
                    writer.condition(
                            annotated == null ? pod : annotated,
                            POD_SCHEDULED,
                            "False",
                            wait.reason(),
                            wait.message(),
                            nominated);
                });
        if (written) {
            events.record(seen, EventRecorder.WARNING, wait.reason(), wait.message());
        }
    }

    /** Ends a replica for a more important one. Gives false when it was gone before. */
    boolean evict(Pod victim, PodRequest forPod, String node) {
        String message = "ended on " + node + " to make room for " + forPod.key() + ", whose priority is higher";
        boolean told = writer.write(victim, pod -> pod.getMetadata().getDeletionTimestamp() == null, pod -> {
            Pod marked = writer.condition(pod, DISRUPTION_TARGET, "True", Reason.PREEMPTED, message, null);
            writer.end(marked == null ? pod : marked);
        });
        if (told) {
            LOG.info(
                    "preempted pod={}/{} node={} for={}",
                    victim.getMetadata().getNamespace(),
                    victim.getMetadata().getName(),
                    node,
                    forPod.key());
            events.record(victim, EventRecorder.WARNING, Reason.PREEMPTED, message);
        }
        return told;
    }

    private static boolean hasNoNode(Pod pod) {
        return pod.getSpec().getNodeName() == null && pod.getMetadata().getDeletionTimestamp() == null;
    }
}
