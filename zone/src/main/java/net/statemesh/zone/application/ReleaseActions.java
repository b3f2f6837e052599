// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.plan.application.ReleaseAction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps, reports, rolls back and deletes releases as a plan says, and leaves an event for what an owner should know. */
public final class ReleaseActions {
    private static final int NOT_FOUND = 404;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseActions.class);

    private final KubernetesClient client;
    private final EventRecorder events;
    private final WrittenReleases written;
    private final LastLogLines lastLogLines;
    private final SpecWriter specs;

    ReleaseActions(KubernetesClient client, EventRecorder events, WrittenReleases written) {
        this.client = client;
        this.events = events;
        this.written = written;
        this.lastLogLines = new LastLogLines(client);
        this.specs = new SpecWriter(client);
    }

    /** Fails with a conflict when somebody was faster; what is done then shows in the next look. */
    void perform(Application application, List<ReleaseAction> actions) {
        for (ReleaseAction action : actions) {
            switch (action) {
                case ReleaseAction.Keep(Release release) -> keep(application, release);
                case ReleaseAction.Report(Release release, ReleaseStatus status) -> report(release, status);
                case ReleaseAction.RollBack(Release from, Release to, ReleaseFailure failure) ->
                    rollBack(application, from, to, failure);
                case ReleaseAction.Forget(Release release) -> forget(release);
            }
        }
    }

    private void keep(Application application, Release release) {
        written.wrote(client.resource(release).create());
        String by = release.getSpec().changedBy() == null
                ? ""
                : " by " + release.getSpec().changedBy();
        LOG.info("released application={} number={}", ObjectKey.of(application), number(release));
        events.record(
                application,
                EventRecorder.NORMAL,
                Reason.RELEASED,
                "release " + number(release) + by + ": image "
                        + release.getSpec().template().containers().getFirst().image());
    }

    private void report(Release release, ReleaseStatus status) {
        Release changed = new Release();
        changed.setMetadata(release.getMetadata());
        changed.setSpec(release.getSpec());
        changed.setStatus(withLogLines(release, status));
        written.wrote(client.resource(changed).updateStatus());
    }

    /** A container that still runs has no last words: its log is asked for them before it is ended. */
    private ReleaseStatus withLogLines(Release release, ReleaseStatus status) {
        ReleaseFailure failure = status.failure();
        if (failure == null
                || failure.rolledBackTo() == null
                || !failure.logLines().isEmpty()) {
            return status;
        }
        List<String> lines = lastLogLines.of(release.getMetadata().getNamespace(), failure.replica());
        return new ReleaseStatus(
                status.state(),
                status.readyReplicas(),
                status.progressedAt(),
                status.servedAt(),
                failure.withLogLines(lines));
    }

    private void rollBack(Application application, Release from, Release to, ReleaseFailure failure) {
        specs.putBack(application, to.getSpec().template());
        LOG.info(
                "rolled back application={} from={} to={} reason={}",
                ObjectKey.of(application),
                number(from),
                number(to),
                failure.reason());
        events.record(
                application,
                EventRecorder.WARNING,
                Reason.ROLLED_BACK,
                "release " + number(from) + " gave way to release " + number(to) + ": " + failure.reason() + ": "
                        + failure.message());
    }

    private void forget(Release release) {
        try {
            ExactDeletion.delete(client, release);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private static @Nullable Long number(Release release) {
        return release.getSpec().number();
    }
}
