// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DatagramLoopTest {
    private static final int MAX_DATAGRAM_BYTES = 64;
    private static final int SOCKET_BUFFER_BYTES = 1 << 16;
    private static final int BATCH = 4;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final DatagramLoop loop = new DatagramLoop(settings(0), new Recorder());

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aTurnThatThrowsDoesNotEndTheLoop() throws InterruptedException {
        loop.start();
        send("poison");
        assertThat(received.take()).isEqualTo("poison");
        send("after it");
        assertThat(received.take()).isEqualTo("after it");
        loop.ask(() -> {
            throw new IllegalStateException("foreseen");
        });
        send("and again");
        assertThat(received.take()).isEqualTo("and again");
    }

    @Test
    void whatIsAskedForHappensInOrderOnTheLoopsThread() {
        List<String> done = new CopyOnWriteArrayList<>();
        loop.ask(() -> done.add("first on " + Thread.currentThread().getName()));
        loop.ask(() -> done.add("second"));
        assertThat(done).isEmpty();
        loop.start();
        await().until(() -> done.size() == 2);
        assertThat(done).containsExactly("first on test-loop", "second");
    }

    @Test
    void aDatagramThatIsTooLongIsCutAndMoreThanABatchIsRead() throws InterruptedException {
        for (int i = 0; i < 2 * BATCH; i++) {
            send("x".repeat(MAX_DATAGRAM_BYTES + i));
        }
        loop.start();
        for (int i = 0; i < 2 * BATCH; i++) {
            assertThat(received.take()).hasSize(MAX_DATAGRAM_BYTES);
        }
    }

    @Test
    void closingEndsTheThreadAndTellsTheProtocol() {
        loop.start();
        assertThat(loop.isRunning()).isTrue();
        loop.close();
        assertThat(loop.isRunning()).isFalse();
        assertThat(ended).isTrue();
    }

    @Test
    void anAddressInUseIsNamed() {
        assertThatThrownBy(() -> new DatagramLoop(settings(loop.address().getPort()), new Recorder()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(Integer.toString(loop.address().getPort()));
    }

    private void send(String text) {
        loop.send(loop.address(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static DatagramLoop.Settings settings(int port) {
        return new DatagramLoop.Settings(
                "test-loop",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                SOCKET_BUFFER_BYTES,
                BATCH,
                MAX_DATAGRAM_BYTES);
    }

    private final class Recorder implements DatagramLoop.Protocol {
        @Override
        public void received(byte[] buffer, int lengthBytes) {
            String text = new String(buffer, 0, lengthBytes, StandardCharsets.UTF_8);
            received.add(text);
            if (text.equals("poison")) {
                throw new IllegalStateException("foreseen");
            }
        }

        @Override
        public void tick() {}

        @Override
        public long waitMillis() {
            return 0;
        }

        @Override
        public void ended() {
            ended.set(true);
        }
    }
}
