// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.history;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.Labels;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.daemon.Daemon;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.plan.history.Happening;
import net.statemesh.zone.plan.history.Subject;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the Events of the whole zone, of whatever component, and writes each into the History of its subject. A leader that starts is
 * shown every Event there is, so that nothing is lost between two leaders; what is known already changes nothing.
 */
public final class HistoryController implements AutoCloseable {
    /** Events that come together are written together. */
    static final Duration GATHERING = Duration.ofSeconds(1);

    private static final long NO_RESYNC = 0;
    private static final int WORKERS = 1;
    /** First digit. */
    private static final int CLIENT_ERROR = 4;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Logger LOG = LoggerFactory.getLogger(HistoryController.class);

    private final ZoneCache cache;
    private final Clock clock;
    private final Histories histories;
    private final SharedIndexInformer<Event> events;
    private final WorkQueue<Subject> queue = new WorkQueue<>();
    private final Map<Subject, Map<String, HistoryEntry>> waiting = new ConcurrentHashMap<>();
    private final Workers<Subject> workers;
    private final Daemon pruning;

    /** Starts at once; the cache must have seen the whole zone. */
    public HistoryController(KubernetesClient client, ZoneCache cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
        this.histories = new Histories(client);
        this.events = client.v1().events().inAnyNamespace().runnableInformer(NO_RESYNC);
        // an Event is told once and then only compared
        events.itemStore(new ReducedStateItemStore<>(
                ReducedStateItemStore.NAME_KEY_STATE,
                Event.class,
                client.getKubernetesSerialization(),
                "metadata.resourceVersion"));
        events.exceptionHandler((started, problem) -> {
            LOG.warn("watching events failed, will be tried again: {}", problem.toString());
            return true;
        });
        events.addEventHandler(ChangeHandler.of(this::happened, gone -> {}));
        this.workers = Workers.start("history", WORKERS, queue, this::write);
        events.start();
        this.pruning = Daemon.start(
                "history-pruning",
                Set.of(KubernetesClientException.class),
                new HistoryPruning(histories, this::exists, clock)::run);
    }

    @Override
    public void close() {
        pruning.close();
        events.stop();
        workers.close();
    }

    private void happened(Event event) {
        Happening.of(event, clock.instant())
                .ifPresent(entry -> Subject.of(event, pod -> application(event, pod))
                        .ifPresent(subject -> {
                            waiting.compute(subject, (key, entries) -> {
                                Map<String, HistoryEntry> more = entries == null ? new HashMap<>() : entries;
                                more.put(event.getMetadata().getUid(), entry);
                                return more;
                            });
                            queue.addAfter(subject, GATHERING);
                        }));
    }

    private Optional<String> application(Event event, String pod) {
        return Optional.ofNullable(cache.pods()
                        .getIndexer()
                        .getByKey(new ObjectKey(event.getMetadata().getNamespace(), pod).toString()))
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getLabels() == null
                        ? null
                        : metadata.getLabels().get(Labels.APPLICATION));
    }

    private void write(Subject subject) {
        Map<String, HistoryEntry> happened = waiting.remove(subject);
        if (happened == null) {
            return;
        }
        try {
            histories.add(subject, happened.values(), clock.instant());
        } catch (KubernetesClientException e) {
            if (isForGood(subject, e.getCode())) {
                LOG.debug("history of {} is not written: {}", subject, e.getMessage());
                return;
            }
            waiting.merge(subject, happened, HistoryController::together);
            throw e;
        }
    }

    /** What came while the others were tried is newer. */
    private static Map<String, HistoryEntry> together(
            Map<String, HistoryEntry> newer, Map<String, HistoryEntry> older) {
        Map<String, HistoryEntry> all = new HashMap<>(older);
        all.putAll(newer);
        return all;
    }

    /** The namespace ends, for example: trying again does not help. */
    private boolean isForGood(Subject subject, int code) {
        boolean onlyHistoryIsGone =
                code == NOT_FOUND && cache.namespaces().getIndexer().getByKey(subject.namespace()) != null;
        return code / 100 == CLIENT_ERROR && code != CONFLICT && code != TOO_MANY_REQUESTS && !onlyHistoryIsGone;
    }

    private boolean exists(Subject subject) {
        return switch (subject.kind()) {
            case Subject.APPLICATION ->
                cache.applications()
                                .getIndexer()
                                .getByKey(new ObjectKey(subject.namespace(), subject.name()).toString())
                        != null;
            case Subject.NODE -> cache.nodes().getIndexer().getByKey(subject.name()) != null;
            case Subject.PROJECT -> cache.projects().getIndexer().getByKey(subject.name()) != null;
            default -> false;
        };
    }
}
