// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.identity.Identity;
import net.statemesh.identity.PemFiles;

/** A client of the kubelet API, with the certificate of whoever the test says; of nobody when the name is empty. */
final class Kubelet implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final HttpClient client;
    private final String base;

    Kubelet(RealNode node, String who) throws GeneralSecurityException, IOException {
        this.client = HttpClient.newBuilder()
                .sslContext(context(node.pki(), who))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.base = node.config().address() + ":" + node.config().port();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://" + base + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** An answer that goes on. */
    InputStream stream(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("https://" + base + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    /** Runs a command over WebSocket (v4.channel.k8s.io), sends {@code input} and answers what came on stdout. */
    String exec(String path, String input) throws InterruptedException, ExecutionException, TimeoutException {
        Output output = new Output();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("v4.channel.k8s.io")
                .buildAsync(URI.create("wss://" + base + path), output)
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!input.isEmpty()) {
            byte[] bytes = ("\0" + input).getBytes(StandardCharsets.UTF_8);
            socket.sendBinary(ByteBuffer.wrap(bytes), true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        return output.closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Output implements WebSocket.Listener {
        private final StringBuilder stdout = new StringBuilder();
        private final CompletableFuture<String> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            if (data.hasRemaining() && data.get() == 1) {
                stdout.append(StandardCharsets.UTF_8.decode(data));
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(stdout.toString());
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }

    private static SSLContext context(Path pki, String who) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (!who.isEmpty()) {
            Identity identity = Identity.load(pki.resolve(who + ".crt"), pki.resolve(who + ".key"));
            keys.setKeyEntry(
                    "key", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
        }
        keys.setCertificateEntry(
                "ca", PemFiles.readCertificates(pki.resolve("ca.crt")).getFirst());
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
