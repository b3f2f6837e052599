// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.watch;

import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.statemesh.kube.embedded.http.Stream;
import net.statemesh.kube.embedded.store.Change;
import net.statemesh.kube.embedded.store.ChangeListener;
import net.statemesh.kube.embedded.store.EventType;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.view.Presenter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch. Events are queued on the writer's thread and sent on the connection's event loop as fast as the client reads; a client
 * that falls too far behind is cut off and has to watch again from where it was.
 */
public final class Watcher implements ChangeListener {
    /** Events that may wait for a slow client, beyond those it asked for at the start. */
    static final int MAX_WAITING_EVENTS = 2_000;
    /** Bytes that may wait for a slow client, beyond those it asked for at the start. */
    static final int MAX_WAITING_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final String resource;
    private final String namespace;
    private final Predicate<StoredObject> selection;
    private final Presenter presenter;
    private final Stream stream;
    private final Consumer<Watcher> ended;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean started;
    private boolean scheduled;
    private boolean finishing;
    private boolean stopped;
    private boolean over;

    /** @param ended told once, when this watch is over for whatever reason */
    public Watcher(
            String resource,
            String namespace,
            Predicate<StoredObject> selection,
            Presenter presenter,
            Stream stream,
            Consumer<Watcher> ended) {
        this.resource = resource;
        this.namespace = namespace;
        this.selection = selection;
        this.presenter = presenter;
        this.stream = stream;
        this.ended = ended;
    }

    String resource() {
        return resource;
    }

    String namespace() {
        return namespace;
    }

    @Override
    public void changed(Change change) {
        try {
            EventType event = event(change);
            if (event != null) {
                offer(presenter.frame(change, event));
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a watch of {} ends at revision {}", resource, change.revision(), e);
            stop();
        }
    }

    /** Sends what existed before; called before the first change. */
    public void existing(StoredObject object) {
        offer(presenter.added(object));
    }

    /** Sends a line that is no object event, for example a bookmark. */
    public void offer(byte[] frame) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            waiting.add(frame);
            waitingBytes += frame.length;
            if (started && (waiting.size() > MAX_WAITING_EVENTS || waitingBytes > MAX_WAITING_BYTES)) {
                waiting.clear();
                stopped = true;
            }
            if (scheduled || !started) {
                return;
            }
            scheduled = true;
        }
        stream.channel().eventLoop().execute(this::drain);
    }

    /** From here on events flow and the bounds hold. */
    public void start() {
        stream.onWritable(this::drain);
        stream.onGone(this::stop);
        synchronized (this) {
            started = true;
            scheduled = true;
        }
        stream.channel().eventLoop().execute(this::drain);
    }

    /** Ends the watch once the client has what waits for it. */
    public void finish() {
        synchronized (this) {
            finishing = true;
        }
        stream.channel().eventLoop().execute(this::drain);
    }

    /** Ends the watch: the client sees the end of the body. */
    public void stop() {
        synchronized (this) {
            stopped = true;
            waiting.clear();
        }
        stream.channel().eventLoop().execute(this::drain);
    }

    private @Nullable EventType event(Change change) {
        StoredObject previous = change.previous();
        boolean before = previous != null && selection.test(previous);
        boolean after = !change.removed() && selection.test(change.object());
        if (after) {
            return before ? EventType.MODIFIED : EventType.ADDED;
        }
        return before ? EventType.DELETED : null;
    }

    /** Runs on the event loop only. */
    private void drain() {
        boolean wrote = false;
        boolean end;
        synchronized (this) {
            scheduled = false;
            while (stream.channel().isWritable() && !waiting.isEmpty()) {
                byte[] frame = waiting.removeFirst();
                waitingBytes -= frame.length;
                stream.write(Unpooled.wrappedBuffer(frame));
                wrote = true;
            }
            stopped |= finishing && waiting.isEmpty();
            end = stopped && !over;
            over |= stopped;
        }
        if (wrote) {
            stream.flush();
        }
        if (end) {
            ended.accept(this);
            stream.end();
        }
    }
}
