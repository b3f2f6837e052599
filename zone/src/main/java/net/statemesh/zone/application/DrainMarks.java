// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.zone.exact.ExactPatch;
import net.statemesh.zone.plan.Conditions;
import net.statemesh.zone.plan.application.Action;

/** Says on a pod that it is about to be ended: an annotation for routers, and a condition for who asks why it was moved. */
final class DrainMarks {
    private final KubernetesClient client;
    private final Clock clock;

    DrainMarks(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Fails with a conflict when the pod has changed since it was looked at. */
    Pod mark(Pod pod, Action.Drain drain) {
        String now = Conditions.timestamp(clock.instant());
        Pod latest = drain.reason().equals(Reason.NODE_DRAINED) ? disrupted(pod, drain, now) : pod;
        return ExactPatch.annotate(client, latest, Map.of(Annotations.DRAINING_SINCE, now));
    }

    private Pod disrupted(Pod pod, Action.Drain drain, String now) {
        Map<String, Object> condition = Map.of(
                "type",
                ConditionTypes.DISRUPTION_TARGET,
                "status",
                "True",
                "reason",
                drain.reason(),
                "message",
                drain.message(),
                "lastTransitionTime",
                now);
        return ExactPatch.status(client, pod, Map.of("conditions", List.of(condition)));
    }
}
