// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.queue;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.statemesh.zone.leader.NotLeadingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Virtual threads that work on the keys of a queue; a key whose work fails comes again later. */
public final class Workers<K> implements AutoCloseable {
    /** Looks at one object and does what it needs. */
    @FunctionalInterface
    public interface Work<K> {
        void on(K key) throws InterruptedException;
    }

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Set<Integer> SOMEBODY_WAS_FASTER = Set.of(404, 409);
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final String name;
    private final WorkQueue<K> queue;
    private final Work<K> work;
    private final List<Thread> threads = new ArrayList<>();

    private Workers(String name, WorkQueue<K> queue, Work<K> work) {
        this.name = name;
        this.queue = queue;
        this.work = work;
    }

    public static <K> Workers<K> start(String name, int count, WorkQueue<K> queue, Work<K> work) {
        Workers<K> workers = new Workers<>(name, queue, work);
        for (int i = 0; i < count; i++) {
            workers.threads.add(Thread.ofVirtual().name(name + "-" + i).start(workers::run));
        }
        return workers;
    }

    private void run() {
        try {
            for (Optional<K> key = queue.take(); key.isPresent(); key = queue.take()) {
                workOn(key.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn(K key) throws InterruptedException {
        try {
            work.on(key);
            queue.forget(key);
        } catch (KubernetesClientException e) {
            retry(key, e, e instanceof NotLeadingException || SOMEBODY_WAS_FASTER.contains(e.getCode()));
        } catch (RuntimeException | Error e) {
            retry(key, e, false);
        } finally {
            queue.done(key);
        }
    }

    /** A conflict, or an object that is gone, only means that somebody else was faster, maybe another leader: look again. */
    private void retry(K key, Throwable e, boolean expected) {
        if (!expected) {
            LOG.warn("{} key={} failed, will be tried again: {}", name, key, e.toString());
        }
        LOG.debug("{} key={}", name, key, e);
        queue.addFailed(key);
    }

    /** Lets work in progress end; work that does not, for example on an answer that never comes, is interrupted. */
    @Override
    public void close() {
        close(GRACE);
    }

    void close(Duration grace) {
        queue.close();
        try {
            for (Thread thread : threads) {
                if (!thread.join(grace)) {
                    LOG.warn("{} is interrupted: its work did not end within {}", thread.getName(), grace);
                    thread.interrupt();
                    thread.join(grace);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
