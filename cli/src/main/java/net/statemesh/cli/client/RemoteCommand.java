// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs inside a container, over WebSocket with the subprotocols {@code v5.channel.k8s.io} and {@code v4.channel.k8s.io}:
 * the first byte of a message is its channel.
 */
public final class RemoteCommand implements AutoCloseable {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int RESULT = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final String V5 = "v5.channel.k8s.io";
    private static final String V4 = "v4.channel.k8s.io";
    private static final int CHUNK_BYTES = 32 << 10;
    private static final int MAX_RESULT_BYTES = 64 << 10;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private final WebSocket socket;
    private final Receiver receiver;

    /**
     * What to run and where.
     *
     * @param terminal give it a terminal; standard error is then part of standard output
     */
    public record Call(
            String project, String pod, String container, List<String> command, boolean input, boolean terminal) {
        String path() {
            StringBuilder path = new StringBuilder(ApiPaths.pod(project, pod)).append("/exec?stdout=true");
            path.append("&stderr=")
                    .append(!terminal)
                    .append("&stdin=")
                    .append(input)
                    .append("&tty=")
                    .append(terminal);
            path.append("&container=").append(ApiPaths.encode(container));
            command.forEach(word -> path.append("&command=").append(ApiPaths.encode(word)));
            return path.toString();
        }
    }

    private RemoteCommand(WebSocket socket, Receiver receiver) {
        this.socket = socket;
        this.receiver = receiver;
    }

    /** Starts it; what it prints goes to {@code out} and {@code err}. */
    public static RemoteCommand start(ApiClient api, Call call, OutputStream out, OutputStream err) {
        Receiver receiver = new Receiver(out, err);
        URI address = URI.create(api.base().replaceFirst("^http", "ws") + call.path());
        WebSocket.Builder builder =
                api.http().newWebSocketBuilder().subprotocols(V5, V4).connectTimeout(CONNECT_TIMEOUT);
        if (api.who().token() != null) {
            builder.header("Authorization", "Bearer " + api.who().token());
        }
        try {
            return new RemoteCommand(builder.buildAsync(address, receiver).join(), receiver);
        } catch (CompletionException e) {
            throw notStarted(api, call, e);
        }
    }

    /** Sends all of {@code in}, then says that nothing more comes; ends early when the command has ended. */
    public void send(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                message(STDIN, chunk, length);
            }
            if (V5.equals(socket.getSubprotocol())) {
                message(CLOSE, new byte[] {STDIN}, 1);
            }
        } catch (CompletionException e) {
            if (!socket.isOutputClosed()) {
                throw new IOException("sending failed", e.getCause());
            }
        }
    }

    /** {@link #send} for a thread of its own: a command that no longer reads is cut off. */
    public void pump(InputStream in) {
        try {
            send(in);
        } catch (IOException | CompletionException e) {
            close(); // the other side has ended, or the terminal is gone
        }
    }

    /** Tells a terminal its size. */
    public void resize(int columns, int rows) {
        byte[] size = ("{\"Width\":" + columns + ",\"Height\":" + rows + "}").getBytes(StandardCharsets.UTF_8);
        message(RESIZE, size, size.length);
    }

    /** Waits for the end; the command's own exit code. */
    public int exitCode() {
        byte[] result = receiver.ended.join();
        try {
            JsonNode status = new ObjectMapper().readTree(result);
            if (status.path("status").asText().equals("Success")) {
                return 0;
            }
            for (JsonNode cause : status.at("/details/causes")) {
                if (cause.path("reason").asText().equals("ExitCode")) {
                    return Integer.parseInt(cause.path("message").asText());
                }
            }
            throw failed(status.path("message").asText("the connection was cut off"), null);
        } catch (IOException | NumberFormatException e) {
            throw failed("the node's answer cannot be read", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void message(int channel, byte[] content, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length + 1);
        frame.put((byte) channel).put(content, 0, length).flip();
        socket.sendBinary(frame, true).join();
    }

    private static StateMeshException notStarted(ApiClient api, Call call, CompletionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            JsonNode body = new ObjectMapper().createObjectNode();
            if (refused.getResponse().body() instanceof String text) {
                try {
                    body = new ObjectMapper().readTree(text);
                } catch (IOException notJson) {
                    body = new ObjectMapper().createObjectNode().put("message", text);
                }
            }
            return ApiFailures.of(status, body, "exec in " + call.pod(), api.who());
        }
        IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        return ApiFailures.unreachable(api.who(), cause);
    }

    private static StateMeshException failed(String why, @Nullable Throwable cause) {
        return new StateMeshException(
                ClientErrors.SERVER,
                "The command did not run to its end: " + why + ".",
                List.of(),
                List.of("statemesh apps info NAME", "try again"),
                cause);
    }

    /** Sorts what arrives by channel. Called by one thread at a time. */
    private static final class Receiver implements WebSocket.Listener {
        private final OutputStream out;
        private final OutputStream err;
        private final ByteArrayOutputStream result = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> ended = new CompletableFuture<>();
        private int channel = -1;

        Receiver(OutputStream out, OutputStream err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (channel < 0 && data.hasRemaining()) {
                channel = data.get() & 0xFF;
            }
            byte[] content = new byte[data.remaining()];
            data.get(content);
            try {
                switch (channel) {
                    case STDOUT -> write(out, content);
                    case STDERR -> write(err, content);
                    case RESULT -> {
                        if (result.size() + content.length <= MAX_RESULT_BYTES) {
                            result.write(content);
                        }
                    }
                    default -> {
                        // channels that later versions may add
                    }
                }
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
            if (last) {
                channel = -1;
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended.complete(result.toByteArray());
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable problem) {
            ended.complete(result.toByteArray());
        }

        private static void write(OutputStream to, byte[] content) throws IOException {
            to.write(content);
            to.flush();
        }
    }
}
