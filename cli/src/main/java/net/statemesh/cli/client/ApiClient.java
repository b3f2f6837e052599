// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.FieldManagers;
import net.statemesh.api.error.StateMeshException;

/** Speaks to one API server as one identity. Objects are JSON trees; every failure is a {@link StateMeshException}. */
public final class ApiClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int PAGE_SIZE = 500;
    private static final int MAX_PAGES = 100;

    private final Kubeconfig who;
    private final Duration answerTimeout;
    private final HttpClient http;

    public ApiClient(Kubeconfig who) {
        this(who, ANSWER_TIMEOUT);
    }

    /** {@code answerTimeout} is for each request but streams. */
    public ApiClient(Kubeconfig who, Duration answerTimeout) {
        this.who = who;
        this.answerTimeout = answerTimeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        this.http = ("https".equals(who.server().getScheme()) ? builder.sslContext(ClientTls.context(who)) : builder)
                .build();
    }

    /** The identity that asks. */
    public Kubeconfig who() {
        return who;
    }

    /** One object; an error when it is not there. */
    public JsonNode get(String path) {
        return answer(path, request(path).GET());
    }

    /** One object; empty when it is not there. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<byte[]> answer = send(request(path).GET());
        JsonNode body = tree(answer.body());
        if (answer.statusCode() == 404 && body.path("details").has("name")) {
            return Optional.empty();
        }
        return Optional.of(checked(answer, body, path));
    }

    /** All items of a collection, page by page. */
    public List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        String more = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String separator = path.indexOf('?') < 0 ? "?" : "&";
            JsonNode list = get(path + separator + "limit=" + PAGE_SIZE + more);
            list.path("items").forEach(items::add);
            String token = list.path("metadata").path("continue").asText();
            if (token.isEmpty()) {
                return items;
            }
            more = "&continue=" + ApiPaths.encode(token);
        }
        return items;
    }

    /** A collection with its resourceVersion, to watch from there. */
    public JsonNode collection(String path) {
        return get(path);
    }

    public JsonNode create(String path, JsonNode object) {
        return answer(
                path, request(path).header("Content-Type", "application/json").POST(body(object)));
    }

    /** Server-side apply as {@code statemesh-cli}, taking over fields that others own. */
    public JsonNode apply(String path, JsonNode object, boolean dryRun) {
        String query = "?fieldManager=" + FieldManagers.CLI + "&force=true" + (dryRun ? "&dryRun=All" : "");
        return answer(
                path,
                request(path + query)
                        .header("Content-Type", "application/apply-patch+yaml")
                        .method("PATCH", body(object)));
    }

    public JsonNode mergePatch(String path, JsonNode patch) {
        return answer(
                path,
                request(path + "?fieldManager=" + FieldManagers.CLI)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", body(patch)));
    }

    /** Deletes; what it owns goes with it in the background. */
    public JsonNode delete(String path) {
        return answer(path, request(path + "?propagationPolicy=Background").DELETE());
    }

    /** Changes of a collection after {@code resourceVersion}; close it to end. */
    public Watch watch(String path, String resourceVersion) {
        String separator = path.indexOf('?') < 0 ? "?" : "&";
        return new Watch(
                stream(path + separator + "watch=true&allowWatchBookmarks=true&resourceVersion=" + resourceVersion));
    }

    /** An answer as it arrives, for logs and watches. */
    public InputStream stream(String path) {
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base() + path))
                            .headers(headers())
                            .build(),
                    BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 400) {
                try (InputStream body = answer.body()) {
                    throw ApiFailures.of(answer.statusCode(), tree(body.readNBytes(MAX_ANSWER_BYTES)), path, who);
                }
            }
            return answer.body();
        } catch (IOException e) {
            throw ApiFailures.unreachable(who, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    HttpClient http() {
        return http;
    }

    /** Address of the server without a slash at its end. */
    String base() {
        String server = who.server().toString();
        return server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    }

    private JsonNode answer(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> answer = send(request);
        return checked(answer, tree(answer.body()), path);
    }

    private JsonNode checked(HttpResponse<byte[]> answer, JsonNode body, String path) {
        if (answer.statusCode() >= 400) {
            throw ApiFailures.of(answer.statusCode(), body, path, who);
        }
        return body;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        } catch (IOException e) {
            throw ApiFailures.unreachable(who, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(answerTimeout)
                .headers(headers());
    }

    private String[] headers() {
        return who.token() == null
                ? new String[] {"Accept", "application/json"}
                : new String[] {"Accept", "application/json", "Authorization", "Bearer " + who.token()};
    }

    private static BodyPublisher body(JsonNode object) {
        return BodyPublishers.ofString(object.toString());
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance(); // not from an API server: the status says what there is to say
        }
    }

    private StateMeshException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StateMeshException(
                ClientErrors.UNREACHABLE,
                "Interrupted while talking to " + who.server() + ".",
                List.of(),
                List.of(),
                cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
