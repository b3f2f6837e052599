// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final AtomicInteger elsewhere = new AtomicInteger();
    private HttpServer registry;
    private HttpServer other;

    @BeforeEach
    void listen() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", request -> {
            elsewhere.incrementAndGet();
            request.sendResponseHeaders(201, -1);
            request.close();
        });
        registry.createContext("/", request -> {
            boolean opensUpload = request.getRequestMethod().equals("POST");
            if (opensUpload) {
                request.getResponseHeaders().add("Location", "http://" + address(other) + request.getRequestURI());
            }
            request.sendResponseHeaders(opensUpload ? 202 : 404, -1);
            request.close();
        });
        registry.start();
        other.start();
    }

    @AfterEach
    void close() {
        registry.stop(0);
        other.stop(0);
    }

    @Test
    void uploadIsNotSentToAnotherHost() {
        try (Registry client = Registry.plain(address(registry));
                OciImage image = PauseImage.build()) {
            assertThatThrownBy(() -> client.push(image, "statemesh/pause:1"))
                    .isInstanceOfSatisfying(
                            StateMeshException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ImageErrors.REGISTRY_REFUSED))
                    .hasMessageContaining("another host");
        }
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void nodesPullByDigestSoThatWhatRunsNeverChanges() {
        try (Registry client = Registry.plain("registry.example:5000")) {
            Digest digest = Digest.of(new byte[] {1});
            assertThat(client.pullName(ImageReference.parse("web/shop:1"), digest))
                    .isEqualTo("registry.example:5000/web/shop@" + digest);
        }
    }

    private static String address(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }
}
