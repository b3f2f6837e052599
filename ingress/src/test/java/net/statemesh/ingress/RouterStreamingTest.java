// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies larger than what a router may hold, and connections without an end. */
class RouterStreamingTest {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 1600;
    /** Far less than one body, far more than what is in flight on both sides. */
    private static final long MOST_MEMORY_BYTES = 24L << 20;

    @TempDir
    private Path folder;

    private RouterFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RouterFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void largeAnswerIsHeldBackUntilTheClientReads(HttpClient.Version version) throws Exception {
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + (long) BLOCKS * BLOCK_BYTES + "\r\n\r\n");
                    writeBlocks(connection.out);
                })
                .port());
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

        InputStream body = fixture.httpClient(version)
                .send(HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofInputStream())
                .body();
        fixture.router().settle();
        long held = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;

        assertThat(digest(body)).isEqualTo(expectedDigest());
        assertThat(held).isLessThan(MOST_MEMORY_BYTES);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void largeRequestIsHeldBackUntilTheReplicaReads(HttpClient.Version version) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        fixture.route(fixture.backend(connection -> {
                    connection.readHead();
                    long length = Long.parseLong(connection.header("content-length"));
                    received.complete(digest(new BoundedInput(connection.in, length)));
                    connection.write("HTTP/1.1 204 No Content\r\n\r\n");
                })
                .port());
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

        int status = fixture.httpClient(version)
                .send(
                        HttpRequest.newBuilder(fixture.uri("/"))
                                .POST(BodyPublishers.fromPublisher(
                                        BodyPublishers.ofInputStream(Blocks::new), (long) BLOCKS * BLOCK_BYTES))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(204);
        assertThat(received.get()).isEqualTo(expectedDigest());
        assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
                .isLessThan(MOST_MEMORY_BYTES);
    }

    @Test
    void bodyBeyondTheLimitIsRefused() throws Exception {
        fixture.close();
        fixture = new RouterFixture(
                folder, new Limits(0, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        fixture.route(fixture.backend(Backend.echoing()).port());

        RawClient known = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nContent-Length: 1001\r\n\r\n");
        RawClient unknown = fixture.connect()
                .send("POST / HTTP/1.1\r\nHost: " + RouterFixture.SHOP + "\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
                        + "x".repeat(1001));

        assertThat(known.read().status()).isEqualTo(413);
        assertThat(unknown.read().status()).isEqualTo(413);
    }

    @Test
    void webSocketIsPassedThrough() throws Exception {
        fixture.route(fixture.backend(EchoWebSocket::serve).port());
        CompletableFuture<String> echoed = new CompletableFuture<>();

        WebSocket socket = fixture.httpClient(HttpClient.Version.HTTP_1_1)
                .newWebSocketBuilder()
                .buildAsync(
                        java.net.URI.create("wss://" + RouterFixture.SHOP + ":" + fixture.port() + "/ws"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                                echoed.complete(data.toString());
                                ws.request(1);
                                return null;
                            }
                        })
                .join();
        socket.sendText("hello tunnel", true).join();

        assertThat(echoed.get()).isEqualTo("hello tunnel");
        socket.abort();
    }

    @Test
    void webSocketOutlivesChangesOfRoutesAndIdleLimitsOfRequests() throws Exception {
        Backend backend = fixture.backend(EchoWebSocket::serve);
        fixture.route(backend.port());
        RawClient client = fixture.connect()
                .send("GET /ws HTTP/1.1\r\nHost: " + RouterFixture.SHOP
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertThat(client.read().head()).startsWith("HTTP/1.1 101").contains("Upgrade: websocket");

        fixture.route(fixture.backend(Backend.answering("x")).port(), backend.port());
        fixture.pass(Limits.DEFAULTS.responseIdleSeconds() + 1);
        // "Hi" masked with zeros, echoed without a mask
        client.send("\u0081\u0082\0\0\0\0Hi");

        assertThat(client.in.readNBytes(4)).containsExactly(0x81, 2, 'H', 'i');
    }

    @Test
    void changeOfRoutesDropsNoRequest() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        Backend slow = fixture.backend(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nold");
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.write("one");
        });
        fixture.route(slow.port());
        RawClient client = fixture.connect().get("/");
        client.readHead();
        Backend fresh = fixture.backend(Backend.answering("new"));

        for (int i = 0; i < 100; i++) {
            fixture.route(fresh.port(), 1 + i);
        }
        fixture.route(fresh.port());
        changed.countDown();

        assertThat(new String(client.in.readNBytes(6), StandardCharsets.US_ASCII))
                .isEqualTo("oldone");
        assertThat(fixture.connect().get("/").read().body()).isEqualTo("new");
    }

    private static byte[] block(int index) {
        byte[] block = new byte[BLOCK_BYTES];
        java.util.Arrays.fill(block, (byte) index);
        return block;
    }

    private static void writeBlocks(OutputStream out) throws java.io.IOException {
        for (int i = 0; i < BLOCKS; i++) {
            out.write(block(i));
        }
    }

    private static String expectedDigest() throws java.io.IOException {
        return digest(new Blocks());
    }

    private static String digest(InputStream in) throws java.io.IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BLOCK_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All blocks, one after another. */
    private static final class Blocks extends InputStream {
        private long position;

        @Override
        public int read() {
            return isAtEnd() ? -1 : (byte) (position++ / BLOCK_BYTES) & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (isAtEnd()) {
                return -1;
            }
            int count = (int) Math.min(length, BLOCK_BYTES - position % BLOCK_BYTES);
            java.util.Arrays.fill(target, from, from + count, (byte) (position / BLOCK_BYTES));
            position += count;
            return count;
        }

        private boolean isAtEnd() {
            return position == (long) BLOCKS * BLOCK_BYTES;
        }
    }

    /** The first bytes of a stream. */
    private static final class BoundedInput extends InputStream {
        private final InputStream in;
        private long remaining;

        BoundedInput(InputStream in, long remaining) {
            this.in = in;
            this.remaining = remaining;
        }

        @Override
        public int read() throws java.io.IOException {
            return remaining-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) throws java.io.IOException {
            if (remaining <= 0) {
                return -1;
            }
            int read = in.read(target, from, (int) Math.min(length, remaining));
            remaining -= Math.max(read, 0);
            return read;
        }
    }
}
