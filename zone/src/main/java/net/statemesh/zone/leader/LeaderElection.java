// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.leader;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.statemesh.zone.plan.leader.Election;
import net.statemesh.zone.plan.leader.Election.Step;
import net.statemesh.zone.plan.leader.LeaseRecord;
import net.statemesh.zone.plan.leader.LeaseTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in the election of the zone's leader. Has a thread and a connection of its own, so that no amount of other work keeps it from
 * renewing in time.
 */
public final class LeaderElection implements AutoCloseable {
    /** The Lease is not, or no longer, what the write was meant for. */
    private static final Set<Integer> REFUSALS = Set.of(404, 409);

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private final String candidate;
    private final LeaseTimes times;
    private final Election election;
    private final Leadership leadership = new Leadership(System::nanoTime);
    private final KubernetesClient client;
    private final ZoneLease lease;
    private final Thread thread;
    private volatile boolean closed;
    private String lastFailure = "";

    private LeaderElection(Config config, String candidate, LeaseTimes times) {
        this.candidate = candidate;
        this.times = times;
        this.election = new Election(candidate, times, System.nanoTime());
        this.client = new KubernetesClientBuilder()
                .withConfig(impatient(config, times))
                .build();
        this.lease = new ZoneLease(client, Clock.systemUTC(), times.lease());
        this.thread = Thread.ofPlatform().daemon().name("leader-election").unstarted(this::run);
    }

    /**
     * Stands at once.
     *
     * @param candidate name that no other process, also no earlier one that may still run, has
     */
    public static LeaderElection start(Config config, String candidate, LeaseTimes times) {
        LeaderElection election = new LeaderElection(config, candidate, times);
        election.thread.start();
        return election;
    }

    /** An answer that comes later than this is of no use. */
    private static Config impatient(Config config, LeaseTimes times) {
        return new ConfigBuilder(config)
                .withRequestTimeout((int) times.actFor().toMillis())
                .withConnectionTimeout((int) times.actFor().toMillis())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    public Leadership leadership() {
        return leadership;
    }

    private void run() {
        while (!closed) {
            try {
                step(election.next(System.nanoTime()));
            } catch (InterruptedException e) {
                // by close, which the condition of the loop sees
                LOG.trace("candidate={} interrupted", candidate, e);
            } catch (KubernetesClientException e) {
                failed(e);
            } catch (RuntimeException | Error e) {
                LOG.error("candidate={}", candidate, e);
                election.failed(System.nanoTime());
            }
        }
    }

    private void step(Step step) throws InterruptedException {
        switch (step) {
            case Step.Rest(long nanos) -> TimeUnit.NANOSECONDS.sleep(nanos);
            case Step.Read() -> {
                LeaseRecord seen = lease.read();
                election.saw(seen, System.nanoTime());
                publish(seen);
            }
            case Step.Write(LeaseRecord wanted) -> {
                long sentNanos = System.nanoTime();
                LeaseRecord written = lease.write(wanted);
                election.wrote(written, sentNanos, System.nanoTime());
                publish(written);
            }
        }
    }

    private void publish(LeaseRecord seen) {
        boolean ended = election.term() == 0;
        if (!lastFailure.isEmpty()) {
            LOG.info("candidate={} reaches the Lease again", candidate);
            lastFailure = "";
        }
        if (!closed && leadership.update(election)) {
            LOG.info("candidate={} {}; leader={}", candidate, ended ? "leads no more" : "leads", seen.holder());
        }
    }

    private void failed(KubernetesClientException e) {
        if (REFUSALS.contains(e.getCode())) {
            election.refused(System.nanoTime());
            return;
        }
        election.failed(System.nanoTime());
        String failure = String.valueOf(e.getMessage());
        if (!closed && !failure.equals(lastFailure)) {
            LOG.warn("candidate={} cannot reach the Lease, will be tried again: {}", candidate, failure);
            lastFailure = failure;
        }
    }

    /** Acts no more, and lets go of the Lease so that the next leader need not wait. What acted must have been closed before. */
    @Override
    public void close() {
        stop();
        try {
            letGo();
        } catch (KubernetesClientException e) {
            LOG.info(
                    "candidate={} cannot let go, the next leader waits {}: {}",
                    candidate,
                    times.lease(),
                    e.getMessage());
        }
        client.close();
    }

    private void letGo() {
        Step.Write release = election.release();
        if (release == null) {
            return;
        }
        try {
            lease.write(release.lease());
        } catch (KubernetesClientException e) {
            // the renewal whose answer was not waited for
            election.saw(lease.read(), System.nanoTime());
            Step.Write again = election.release();
            if (!REFUSALS.contains(e.getCode()) || again == null) {
                throw e;
            }
            lease.write(again.lease());
        }
        LOG.info("candidate={} lets go", candidate);
    }

    /** As if the process had been killed: the Lease stays as it is. */
    public void abandon() {
        stop();
        client.close();
    }

    private void stop() {
        closed = true;
        leadership.end();
        thread.interrupt();
        try {
            if (!thread.join(times.lease())) {
                LOG.warn("candidate={} waits for an answer and is left to it", candidate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
