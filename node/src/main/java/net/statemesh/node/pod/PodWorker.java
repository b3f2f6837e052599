// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.daemon.Backoff;
import net.statemesh.node.cri.PodView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one pod: one virtual thread asks {@link PodPlan} what to do whenever something changed, begins the actions on threads
 * of their own, and reports the status. All state belongs to that one thread; everybody else leaves messages.
 */
final class PodWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final String REPORT = "report";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration RUNTIME_RETRY = Duration.ofSeconds(2);
    private static final Backoff AFTER_TROUBLE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    /** How often one message may lead to another before the thread gives others a chance; a bound, never reached in practice. */
    private static final int MAX_BATCH = 256;

    private final NodeServices node;
    private final PodActions actions;
    private final Consumer<String> ended;
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final Map<String, Thread> running = new HashMap<>();
    private final StatusReport report;

    private volatile Pod pod;
    private volatile PodView view = PodView.NOTHING;
    private boolean gone;
    private boolean finished;
    private boolean stale = true;
    private int troublesInARow;
    private PodMemory memory = PodMemory.EMPTY;

    PodWorker(Pod pod, NodeServices node, Consumer<String> ended) {
        this.pod = pod;
        this.node = node;
        this.actions = new PodActions(node);
        this.ended = ended;
        this.report = new StatusReport(node);
    }

    /** Applied by the worker's own thread. */
    private interface Message {
        void apply();
    }

    void start() {
        Thread.ofVirtual().name("pod-" + pod.getMetadata().getName()).start(this::run);
    }

    void changed(Pod newer) {
        tell(() -> {
            pod = newer;
            stale = stale || newer.getMetadata().getDeletionTimestamp() != null;
        });
    }

    /** The API confirmed that the pod does not exist any more. */
    void gone() {
        tell(() -> gone = true);
    }

    /** The runtime shows something new about the pod. */
    void runtimeChanged() {
        tell(() -> stale = true);
    }

    /** Ends the thread and leaves everything as it is. */
    void abandon() {
        tell(() -> finished = true);
    }

    Pod pod() {
        return pod;
    }

    /** What the runtime showed last. */
    PodView view() {
        return view;
    }

    private void tell(Message message) {
        inbox.add(message);
    }

    private void run() {
        try {
            while (!finished) {
                waitUntil(attempt());
            }
            ended.accept(pod.getMetadata().getUid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One pod that cannot be handled must not stay without a worker for good. */
    private Instant attempt() {
        try {
            Instant wakeAt = step();
            troublesInARow = 0;
            return wakeAt;
        } catch (RuntimeException | Error e) {
            return afterTrouble(e);
        }
    }

    private Instant afterTrouble(Throwable e) {
        Duration pause = AFTER_TROUBLE.after(++troublesInARow);
        LOG.error("pod={} failures={}, again in {}", name(), troublesInARow, pause, e);
        return node.clock().instant().plus(pause);
    }

    private Instant step() {
        Instant now = node.clock().instant();
        if (stale) {
            try {
                view = TerminationMessages.added(
                        node.runtime().observe(pod.getMetadata().getUid()), pod, node.paths());
                stale = false;
            } catch (StateMeshException e) {
                LOG.warn("pod={} the runtime does not answer: {}", name(), e.sentence());
                return now.plus(RUNTIME_RETRY);
            }
        }
        Decision decision = PodPlan.decide(new PodInput(pod, view, memory, gone, now, node.hostIp()));
        memory = decision.memory();
        decision.actions().forEach(action -> begin(action, decision.status()));
        Instant retryReport = reportStatus(decision.status(), now);
        return retryReport.isBefore(decision.wakeAt()) ? retryReport : decision.wakeAt();
    }

    private void begin(Action action, PodStatus status) {
        if (action instanceof Action.CancelPull cancel) {
            Optional.ofNullable(running.get(Action.EnsureImage.key(cancel.container())))
                    .ifPresent(Thread::interrupt);
            return;
        }
        memory = memory.begun(action.key());
        PodActions.Target target = new PodActions.Target(pod, view, status, gone);
        running.put(action.key(), Thread.ofVirtual().name(action.key()).start(() -> perform(action, target)));
    }

    private void perform(Action action, PodActions.Target target) {
        String key = action.key();
        try {
            UnaryOperator<PodMemory> learned = actions.perform(action, target);
            tell(() -> finishedAction(action, learned.apply(memory).done(key)));
        } catch (ActionFailed e) {
            failed(action, e.reason(), String.valueOf(e.getMessage()));
        } catch (StateMeshException e) {
            failed(action, e.code().code(), e.sentence());
        } catch (KubernetesClientException e) {
            String message = String.valueOf(e.getMessage());
            failed(action, Failure.API_AWAY, message, (before, now) -> Failure.apiAway(before, message, now));
        } catch (RuntimeException | Error e) {
            LOG.error("pod={} action={} failed", name(), key, e);
            failed(action, "InternalError", String.valueOf(e.getMessage()));
        }
    }

    private void failed(Action action, String reason, String message) {
        failed(action, reason, message, (before, now) -> Failure.after(before, reason, message, now));
    }

    private void failed(
            Action action, String reason, String message, BiFunction<@Nullable Failure, Instant, Failure> made) {
        String key = action.key();
        tell(() -> {
            LOG.info("pod={} action={} reason={} message=\"{}\"", name(), key, reason, message);
            Failure failure =
                    made.apply(memory.failures().get(key), node.clock().instant());
            finishedAction(action, memory.failed(key, failure));
        });
    }

    private void finishedAction(Action action, PodMemory next) {
        running.remove(action.key());
        memory = next;
        stale = stale || !(action instanceof Action.RunProbe);
        finished = finished
                || (action instanceof Action.FinishDeletion && !next.failures().containsKey(action.key()));
    }

    /** Sends the status when it is news; answers when to try again after a failure. */
    private Instant reportStatus(PodStatus status, Instant now) {
        if (gone || finished || memory.isUnderWay(REPORT) || memory.isUnderWay(Action.FinishDeletion.KEY)) {
            return Instant.MAX;
        }
        if (!report.isNews(pod, status)) {
            return Instant.MAX;
        }
        if (report.retryAt().isAfter(now)) {
            return report.retryAt();
        }
        memory = memory.begun(REPORT);
        Pod about = pod;
        Thread.ofVirtual().name(REPORT).start(() -> {
            @Nullable RuntimeException failure = report.send(about, status);
            tell(() -> {
                memory = memory.done(REPORT);
                report.sent(status, failure, node.clock().instant());
            });
        });
        return Instant.MAX;
    }

    private void waitUntil(Instant wakeAt) throws InterruptedException {
        Duration wait = wakeAt.equals(Instant.MAX)
                ? LONGEST_WAIT
                : Duration.between(node.clock().instant(), wakeAt);
        long nanos = Math.clamp(wait.toNanos(), 0, LONGEST_WAIT.toNanos());
        Message message = finished ? null : inbox.poll(nanos, TimeUnit.NANOSECONDS);
        for (int i = 0; i < MAX_BATCH && message != null; i++) {
            apply(message);
            message = inbox.poll();
        }
        if (message != null) {
            apply(message);
        }
    }

    private void apply(Message message) {
        try {
            message.apply();
        } catch (RuntimeException e) {
            LOG.error("pod={} what an action learned could not be taken down", name(), e);
        }
    }

    private String name() {
        return Objects.toString(pod.getMetadata().getNamespace()) + "/"
                + pod.getMetadata().getName();
    }
}
