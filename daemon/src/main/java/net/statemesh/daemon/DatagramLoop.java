// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread with one UDP socket, on which everything of a protocol happens. What one turn throws does not end the others. */
public final class DatagramLoop implements AutoCloseable {
    /** What a protocol does; called on the loop's thread only. */
    public interface Protocol {
        /** A datagram is the first bytes of a buffer that is used again. */
        void received(byte[] buffer, int lengthBytes);

        /** After every turn, whatever woke the loop. */
        void tick();

        /** Until the next tick; 0 stands for as long as nobody asks. */
        long waitMillis();

        /** The loop has ended. */
        default void ended() {}
    }

    /**
     * Where and how much.
     *
     * @param name of the thread
     * @param socketBufferBytes what the kernel keeps while the thread does not run
     * @param batch datagrams taken in one turn
     * @param maxDatagramBytes longer ones are cut
     */
    public record Settings(
            String name, InetSocketAddress listen, int socketBufferBytes, int batch, int maxDatagramBytes) {}

    private static final Logger LOG = LoggerFactory.getLogger(DatagramLoop.class);
    private static final long CLOSE_MILLIS = 1_000;

    private final Settings settings;
    private final Protocol protocol;
    private final DatagramChannel channel;
    private final Selector selector;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final byte[] buffer;
    private final Thread thread;
    private volatile boolean closed;

    /** Listens at once; nothing is read before {@link #start}. */
    public DatagramLoop(Settings settings, Protocol protocol) {
        this.settings = settings;
        this.protocol = protocol;
        this.buffer = new byte[settings.maxDatagramBytes()];
        try {
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.socketBufferBytes());
            channel.bind(settings.listen());
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP socket at " + settings.listen(), e);
        }
        this.thread = Thread.ofPlatform().name(settings.name()).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    /** With the port that the kernel chose when none was asked for. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs this on the loop's thread, after what was asked for before. */
    public void ask(Runnable request) {
        requests.add(request);
        selector.wakeup();
    }

    /** A datagram that cannot be sent is a lost one. */
    public void send(InetSocketAddress to, byte[] datagram) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            LOG.debug("{}: to={} not sent: {}", settings.name(), to, e.toString());
        }
    }

    private void run() {
        try (channel;
                selector) {
            while (!closed) {
                selector.select(protocol.waitMillis());
                selector.selectedKeys().clear();
                turn();
            }
        } catch (IOException e) {
            LOG.error("{}: the loop ends", settings.name(), e);
        } finally {
            protocol.ended();
        }
    }

    private void turn() {
        try {
            for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
                request.run();
            }
            receive();
            protocol.tick();
        } catch (RuntimeException e) {
            LOG.error("{}: a turn failed", settings.name(), e);
        }
    }

    /** An address that cannot be reached shows up as a failure of the next call: that is no news. */
    private void receive() {
        for (int i = 0; i < settings.batch(); i++) {
            ByteBuffer datagram = ByteBuffer.wrap(buffer);
            try {
                if (channel.receive(datagram) == null) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("{}: {}", settings.name(), e.toString());
                return;
            }
            protocol.received(buffer, datagram.position());
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
