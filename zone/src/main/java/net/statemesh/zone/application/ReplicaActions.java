// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.PodView;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.plan.application.Action;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and ends pods as a plan says, and leaves an event for each. */
public final class ReplicaActions {
    /** Answers after which the same request will not succeed: malformed, forbidden, unprocessable. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 422);

    /** Ends that somebody asked for. */
    private static final Set<String> ON_PURPOSE = Set.of(
            Reason.SCALED_DOWN, Reason.NEW_REVISION, Reason.APPLICATION_STOPPED, Reason.NODE_DRAINED, Reason.DRAINED);

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaActions.class);

    private final KubernetesClient client;
    private final EventRecorder events;
    private final DrainMarks marks;

    public ReplicaActions(KubernetesClient client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.marks = new DrainMarks(client, clock);
    }

    /** Gives what the API server said when it refused a replica, and then leaves the rest undone; empty when all is done. */
    String perform(Application application, List<Action> actions, PodView pods) {
        for (Action action : actions) {
            switch (action) {
                case Action.Create create -> {
                    String refusal = create(application, create, pods);
                    if (!refusal.isEmpty()) {
                        return refusal;
                    }
                }
                case Action.Drain drain -> drain(application, drain, pods);
                case Action.End end -> end(application, end, pods);
            }
        }
        return "";
    }

    /** Leaves the last word about an application; the API server's garbage collection ends its replicas. */
    void deleted(Application application) {
        LOG.info("deleted application={}", ObjectKey.of(application));
        events.record(
                application,
                EventRecorder.NORMAL,
                Reason.APPLICATION_DELETED,
                "the application was deleted; its replicas end");
    }

    private String create(Application application, Action.Create create, PodView pods) {
        try {
            Pod pod = client.resource(create.pod()).create();
            pods.created(pod);
            String name = pod.getMetadata().getName();
            LOG.info("created application={} replica={} reason={}", ObjectKey.of(application), name, create.reason());
            events.record(application, EventRecorder.NORMAL, create.reason(), "created replica " + name);
            return "";
        } catch (KubernetesClientException e) {
            if (!REFUSALS.contains(e.getCode())) {
                throw e;
            }
            String why = String.valueOf(
                            e.getStatus() == null
                                    ? e.getMessage()
                                    : e.getStatus().getMessage())
                    // the next try has another name, and would be news otherwise
                    .replace(
                            create.pod().getMetadata().getName(),
                            application.getMetadata().getName());
            events.record(
                    application,
                    EventRecorder.WARNING,
                    Reason.REPLICA_NOT_CREATED,
                    "the API server refuses a replica: " + why);
            return why;
        }
    }

    /** The router reads the annotation; whoever looks at the pod reads the condition. */
    private void drain(Application application, Action.Drain drain, PodView pods) {
        Pod pod = pod(application, drain.uid(), pods);
        if (pod == null) {
            return;
        }
        pods.draining(marks.mark(pod, drain));
        LOG.info(
                "draining application={} replica={} reason={}",
                ObjectKey.of(application),
                drain.name(),
                drain.reason());
        events.record(application, EventRecorder.NORMAL, drain.reason(), drain.message());
    }

    private static @Nullable Pod pod(Application application, String uid, PodView pods) {
        return pods.ofApplication(ObjectKey.of(application)).stream()
                .filter(candidate -> candidate.getMetadata().getUid().equals(uid))
                .findFirst()
                .orElse(null);
    }

    private void end(Application application, Action.End end, PodView pods) {
        Pod pod = pod(application, end.uid(), pods);
        if (pod == null) {
            return;
        }
        if (end.nobodyLeftToEndIt()) {
            ExactDeletion.endAtOnce(client, pod);
        } else {
            ExactDeletion.end(client, pod);
        }
        pods.ending(pod);
        LOG.info("ended application={} replica={} reason={}", ObjectKey.of(application), end.name(), end.reason());
        events.record(
                application,
                ON_PURPOSE.contains(end.reason()) ? EventRecorder.NORMAL : EventRecorder.WARNING,
                end.reason(),
                end.message());
    }
}
