// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.daemon.Daemon;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.PodGlance;
import net.statemesh.node.cri.RuntimeEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the runtime when it rings, and every 10 s in case a ring was lost. An event may come before the runtime's own books show
 * what it tells about, so a ring is followed by a few more looks.
 */
final class RuntimeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeWatch.class);
    private static final Duration RELIST = Duration.ofSeconds(10);
    private static final List<Duration> LOOKS_AFTER_RING =
            List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(1);

    private final ContainerRuntime runtime;
    private final Consumer<Map<String, PodGlance>> seen;
    private final Semaphore bell = new Semaphore(0);
    private final Daemon lister;
    private final Daemon listener;
    private boolean away;
    private int looks;
    private volatile boolean closed;

    RuntimeWatch(ContainerRuntime runtime, RuntimeEvents events, Consumer<Map<String, PodGlance>> seen) {
        this.runtime = runtime;
        this.seen = seen;
        this.lister = Daemon.start("relist", Set.of(), this::look);
        this.listener = Daemon.start("runtime-events", Set.of(), () -> listen(events));
    }

    private Duration look() throws InterruptedException {
        bell.drainPermits();
        try {
            seen.accept(runtime.list());
            away = false;
        } catch (StateMeshException e) {
            if (!away) {
                LOG.warn("runtime=away cause=\"{}\"", e.sentence());
            }
            away = true;
        }
        Duration wait = looks < LOOKS_AFTER_RING.size() ? LOOKS_AFTER_RING.get(looks) : RELIST;
        boolean rung = bell.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        looks = rung ? 0 : Math.min(looks + 1, LOOKS_AFTER_RING.size());
        return Duration.ZERO;
    }

    private Duration listen(RuntimeEvents events) {
        events.listen(bell::release, () -> closed);
        return LISTEN_AGAIN;
    }

    @Override
    public void close() {
        closed = true;
        lister.close();
        listener.close();
    }
}
