// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import net.statemesh.api.error.StateMeshException;

/** One request to a registry with bounded retries, and its answer or an error that names registry, repository and status. */
final class RegistryExchange {
    static final int MAX_TAGS = 1000;

    private static final int MAX_ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final int MAX_EVIDENCE_CHARS = 500;
    private static final Set<Integer> WORTH_RETRYING = Set.of(429, 500, 502, 503, 504);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String registry;

    RegistryExchange(HttpClient http, String registry) {
        this.http = http;
        this.registry = registry;
    }

    HttpResponse<byte[]> send(ImageReference target, Supplier<HttpRequest> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<byte[]> answer =
                        http.send(request.get(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
                if (attempt == MAX_ATTEMPTS || !WORTH_RETRYING.contains(answer.statusCode())) {
                    return answer;
                }
            } catch (IOException e) {
                if (attempt == MAX_ATTEMPTS || e instanceof SSLException) {
                    throw unreachable(target, attempt, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(target, e);
            }
            pauseBefore(target, attempt);
        }
    }

    void expect(ImageReference target, HttpResponse<byte[]> answer, int status) {
        if (answer.statusCode() == status) {
            return;
        }
        boolean denied = answer.statusCode() == 401 || answer.statusCode() == 403;
        throw new StateMeshException(
                denied ? ImageErrors.REGISTRY_DENIED : ImageErrors.REGISTRY_REFUSED,
                "Registry " + registry + " answered " + answer.statusCode() + " for " + target.repository() + ".",
                List.of(answer.request().method() + " " + answer.request().uri().getPath(), evidence(answer.body())),
                List.of(
                        denied
                                ? "use the zone's kubeconfig: its client certificate opens the registry"
                                : "statemesh logs registry"));
    }

    static List<String> tagsIn(byte[] body) {
        try {
            List<String> tags = new ArrayList<>();
            JSON.readTree(body).path("tags").forEach(tag -> tags.add(tag.asText()));
            return tags;
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.REGISTRY_REFUSED,
                    "The registry's list of tags is not JSON.",
                    List.of(evidence(body)),
                    List.of(),
                    e);
        }
    }

    /** The registry's own words where it has any (distribution specification, error codes), else the start of the body. */
    private static String evidence(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("errors").path(0);
            if (error.hasNonNull("message")) {
                return error.path("code").asText() + ": "
                        + error.path("message").asText();
            }
        } catch (IOException e) {
            // not JSON: shown as it is
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() > MAX_EVIDENCE_CHARS ? text.substring(0, MAX_EVIDENCE_CHARS) : text;
    }

    private void pauseBefore(ImageReference target, int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << attempt);
        } catch (InterruptedException e) {
            throw interrupted(target, e);
        }
    }

    private StateMeshException unreachable(ImageReference target, int attempts, IOException cause) {
        return new StateMeshException(
                ImageErrors.REGISTRY_UNREACHABLE,
                "Registry " + registry + " does not answer (" + target.repository() + ", " + attempts + " attempts).",
                List.of(cause.getMessage() == null ? cause.getClass().getSimpleName() : String.valueOf(cause)),
                List.of("statemesh status", "statemesh logs registry"),
                cause);
    }

    private StateMeshException interrupted(ImageReference target, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StateMeshException(
                ImageErrors.REGISTRY_UNREACHABLE,
                "Interrupted while talking to registry " + registry + " (" + target.repository() + ").",
                List.of(),
                List.of("run the command again"),
                cause);
    }
}
