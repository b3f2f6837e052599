// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.statemesh.identity.Identity;
import org.jspecify.annotations.Nullable;

/** One user's plain HTTP requests: nothing between a test and the API that could hide a difference. */
public final class ApiClient implements AutoCloseable {
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    public static final String JSON_PATCH = "application/json-patch+json";
    public static final String APPLY_PATCH = "application/apply-patch+yaml";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Engine engine;
    private final @Nullable Identity identity;
    private final @Nullable String token;
    private @Nullable HttpClient http;
    private int generation;

    ApiClient(Engine engine, @Nullable Identity identity, @Nullable String token) {
        this.engine = engine;
        this.identity = identity;
        this.token = token;
    }

    /** Shows this certificate instead. */
    public ApiClient with(Identity other) {
        return new ApiClient(engine, other, null);
    }

    public Answer get(String path) {
        return call("GET", path, null, null);
    }

    /** @param accept for example a Table */
    public Answer getAs(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    public Answer create(String path, JsonNode object) {
        return call("POST", path, "application/json", object);
    }

    public Answer create(String path, String yaml, Object... values) {
        return create(path, Trees.yaml(yaml, values));
    }

    public Answer replace(String path, JsonNode object) {
        return call("PUT", path, "application/json", object);
    }

    public Answer replace(String path, String yaml, Object... values) {
        return replace(path, Trees.yaml(yaml, values));
    }

    public Answer patch(String path, String type, String yaml, Object... values) {
        return call("PATCH", path, type, Trees.yaml(yaml, values));
    }

    public Answer merge(String path, String yaml, Object... values) {
        return patch(path, MERGE_PATCH, yaml, values);
    }

    /** Server-side apply without force. */
    public Answer apply(String path, String manager, String yaml, Object... values) {
        return patch(path + "?fieldManager=" + manager, APPLY_PATCH, yaml, values);
    }

    public Answer forceApply(String path, String manager, String yaml, Object... values) {
        return patch(path + "?force=true&fieldManager=" + manager, APPLY_PATCH, yaml, values);
    }

    public Answer delete(String path) {
        return call("DELETE", path, null, null);
    }

    public Answer delete(String path, String options, Object... values) {
        return call("DELETE", path, "application/json", Trees.yaml(options, values));
    }

    public Answer call(String method, String path, @Nullable String contentType, @Nullable JsonNode body) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request = request(path).method(method, publisher);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return send(request);
    }

    /** Opens a watch; close it. */
    public WatchEvents watch(String path) {
        Engine.Calm calm = engine.calm();
        String watching = path + (path.contains("?") ? "&" : "?") + "watch=true";
        try {
            HttpResponse<InputStream> response =
                    http().send(request(watching).build(), HttpResponse.BodyHandlers.ofInputStream());
            return new WatchEvents(response, calm);
        } catch (IOException e) {
            calm.close();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            calm.close();
            throw new IllegalStateException(e);
        }
    }

    /** A value as it stands in a query. */
    public static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder request) {
        engine.beginRequest();
        try {
            HttpResponse<byte[]> response =
                    http().send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), tree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request.build().method() + " " + request.build().uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By its looks, since not every server calls its documents JSON. */
    private static JsonNode tree(byte[] body) {
        return body.length > 0 && body[0] == '{'
                ? Trees.json(body)
                : Trees.text(new String(body, StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine.url() + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private synchronized HttpClient http() {
        if (http != null && generation != engine.generation()) {
            http.shutdownNow();
            http = null;
        }
        if (http == null) {
            generation = engine.generation();
            http = HttpClient.newBuilder()
                    .sslContext(engine.users().tls(identity))
                    .connectTimeout(PATIENCE)
                    .build();
        }
        return http;
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }
}
