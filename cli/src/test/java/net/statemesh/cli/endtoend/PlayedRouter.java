// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * Answers HTTPS for every name: the first request to a host as the real router does while it has not heard of a ready replica, later
 * ones as the application. Hosts that start with {@code unrouted-} stay unknown; those that start with {@code broken-} answer 500.
 */
final class PlayedRouter implements AutoCloseable {
    private final HttpsServer server;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    PlayedRouter(SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host.startsWith("unrouted-")) {
            refuse(exchange, 404, "SM-INGRESS-101");
        } else if (seen.add(host)) {
            refuse(exchange, 503, "SM-INGRESS-103");
        } else {
            send(exchange, host.startsWith("broken-") ? 500 : 200, "hello");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("Server", "statemesh");
        send(exchange, status, "{\"code\":\"" + code + "\"}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
