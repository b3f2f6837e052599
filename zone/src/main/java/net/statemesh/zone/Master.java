// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.daemon.Daemon;
import net.statemesh.zone.cache.SettingsView;
import net.statemesh.zone.history.HistoryController;
import net.statemesh.zone.leader.LeaderElection;
import net.statemesh.zone.leader.Leadership;
import net.statemesh.zone.plan.leader.LeaseTimes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master of a zone: controllers and scheduler over one API server. Of several masters one leads and acts; the others keep their view
 * of the zone warm, so that the next one acts at once.
 */
public final class Master implements AutoCloseable {
    /** What happened is read, and written down, when what a new leader found undone has been decided. */
    private static final Duration FIRST_THINGS_FIRST = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Master.class);

    private final KubernetesClient client;
    private final MasterConfig config;
    private final Clock clock = Clock.systemUTC();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> standing = new CompletableFuture<>();
    private final Parts parts = new Parts();
    private final Thread life;
    private @Nullable LeaderElection election;
    private boolean closed;

    private Master(KubernetesClient client, MasterConfig config) {
        this.client = client;
        this.config = config;
        this.life = Thread.ofVirtual().name("master").start(this::run);
    }

    /**
     * Starts in the background: controllers act once they have seen the whole zone and this master leads, however long the API server
     * stays away. The caller closes the client.
     */
    public static Master start(KubernetesClient client, MasterConfig config) {
        return new Master(client, config);
    }

    /** Completes when this master leads for the first time and every controller works. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Completes when this master has seen the zone and could lead. */
    public CompletableFuture<Void> standing() {
        return standing.copy();
    }

    /** One term after the other. A start that fails leaves nothing running and is tried again: nobody else would lead. */
    private void run() {
        int failuresInARow = 0;
        try {
            while (!isClosed()) {
                failuresInARow = term() ? 0 : failuresInARow + 1;
                if (failuresInARow > 0) {
                    Duration pause = Daemon.BACKOFF.after(failuresInARow);
                    LOG.warn("master={} starts again in {} ms", config.candidate(), pause.toMillis());
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ready.completeExceptionally(e);
        }
    }

    /** Sees the zone, waits until it leads, acts until it does not; gives whether all that went as it should. */
    private boolean term() throws InterruptedException {
        try {
            MasterView view = parts.keep(MasterView.over(client, clock));
            view.cache().start().get();
            ZoneSettings zone = awaitSettings(view.settings());
            Leadership leadership = stand();
            KubernetesClient guarded = warm(parts.keep(leadership.guarded(client.getConfiguration())));
            if (!leadership.mayAct()) {
                rehearse(guarded, zone);
            }
            standing.complete(null);
            long term = leadership.awaitTerm();
            act(guarded, view);
            LOG.info("master={} works for zone={} term={}", config.candidate(), zone.name(), term);
            ready.complete(null);
            if (!leadership.awaitEnd(term, FIRST_THINGS_FIRST)) {
                keepHistory(guarded, view);
                leadership.awaitEnd(term);
            }
            return true;
        } catch (ExecutionException | RuntimeException e) {
            LOG.error("master={} cannot start", config.candidate(), e);
            return false;
        } finally {
            parts.close();
        }
    }

    /** Only who has seen the zone stands: a leader that does not know it would hold up the others. */
    private synchronized Leadership stand() {
        LeaderElection running = election;
        if (running == null) {
            running = LeaderElection.start(client.getConfiguration(), config.candidate(), LeaseTimes.DEFAULT);
            election = running;
        }
        return running.leadership();
    }

    /** A first request makes the connection that a new leader would otherwise wait for. */
    private static KubernetesClient warm(KubernetesClient guarded) {
        try {
            guarded.configMaps()
                    .inNamespace(SystemNames.NAMESPACE)
                    .withName(SystemNames.ZONE_CONFIG_MAP)
                    .get();
        } catch (KubernetesClientException e) {
            LOG.debug("the connection for writes is made when it is needed: {}", e.getMessage());
        }
        return guarded;
    }

    private void rehearse(KubernetesClient guarded, ZoneSettings zone) {
        try {
            Rehearsal.run(guarded, zone, clock);
        } catch (RuntimeException e) {
            LOG.warn("master={} could not rehearse: its first decisions will be slow", config.candidate(), e);
        }
    }

    private static ZoneSettings awaitSettings(SettingsView settings) throws ExecutionException, InterruptedException {
        CompletableFuture<ZoneSettings> first = settings.first();
        if (!first.isDone()) {
            LOG.warn(
                    "waiting for the zone's settings in ConfigMap {}/{}",
                    SystemNames.NAMESPACE,
                    SystemNames.ZONE_CONFIG_MAP);
        }
        return first.get();
    }

    private synchronized void act(KubernetesClient guarded, MasterView view) {
        if (!closed) {
            parts.keep(Controllers.start(guarded, config, view, clock));
        }
    }

    private synchronized void keepHistory(KubernetesClient guarded, MasterView view) {
        if (!closed) {
            parts.keep(new HistoryController(guarded, view.cache(), clock));
        }
    }

    /** Lets writes in progress end, then lets go of the zone. Pods go on running; the next leader goes on from what the API server holds. */
    @Override
    public void close() {
        LeaderElection left = end();
        awaitEnd();
        if (left != null) {
            left.close();
        }
    }

    /** As if the process had been killed: nothing is let go, and the next leader has to wait. */
    void abandon() {
        LeaderElection left = end();
        if (left != null) {
            left.abandon();
        }
        awaitEnd();
    }

    private @Nullable LeaderElection end() {
        life.interrupt();
        synchronized (this) {
            closed = true;
            return election;
        }
    }

    /** Its parts are closed when a life ends; each of them within a bounded time. */
    private void awaitEnd() {
        try {
            life.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
