// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.StateMeshException;

/** Makes errors for people of what an API server answers (Kubernetes API conventions, Status). */
final class ApiFailures {
    private static final Pattern OWN_CODE = Pattern.compile("(SM-[A-Z]+-\\d{3}): (.*)", Pattern.DOTALL);
    private static final Pattern FORBIDDEN =
            Pattern.compile("User \"([^\"]*)\" cannot (\\w+) resource \"([^\"]*)\"(?: in API group \"[^\"]*\")?"
                    + "(?: in the namespace \"([^\"]*)\")?");
    private static final String STATEMESH_GROUP = "/apis/statemesh.net/";

    private ApiFailures() {}

    /** Error for an answer of 400 or more. */
    static StateMeshException of(int status, JsonNode body, String path, Kubeconfig who) {
        String message = body.path("message").asText();
        Matcher own = OWN_CODE.matcher(message);
        if (own.matches()) {
            return new StateMeshException(
                    new ErrorCode(own.group(1), codeFor(status).kind()), own.group(2), causes(body), List.of());
        }
        return switch (status) {
            case 401 ->
                failure(
                        ClientErrors.NOT_AUTHENTICATED,
                        who.server() + " does not accept the credentials of '" + who.user()
                                + "': they are wrong or expired.",
                        message.isEmpty() || message.equals("Unauthorized") ? List.of() : List.of(message),
                        "get a new kubeconfig or token from whoever runs the zone");
            case 403 -> forbidden(message, who);
            case 404 -> notFound(message, body, path);
            case 409 ->
                failure(ClientErrors.CONFLICT, sentence(message, "It changed meanwhile"), causes(body), "try again");
            case 400, 413, 415, 422 ->
                failure(
                        codeFor(status),
                        sentence(summary(body, message), "The object cannot be accepted"),
                        causes(body));
            default ->
                failure(
                        codeFor(status),
                        who.server() + " answered " + status + " for " + path + ".",
                        message.isEmpty() ? List.of() : List.of(message),
                        "statemesh status",
                        "statemesh logs master");
        };
    }

    static StateMeshException unreachable(Kubeconfig who, IOException cause) {
        String detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof SSLException) {
            return new StateMeshException(
                    ClientErrors.TLS,
                    "No secure connection to " + who.server() + " as '" + who.user() + "'.",
                    List.of(detail),
                    List.of("check that the kubeconfig belongs to this zone", "statemesh status"),
                    cause);
        }
        URI server = who.server();
        return new StateMeshException(
                ClientErrors.UNREACHABLE,
                "The zone's API at " + server + " does not answer.",
                List.of(detail),
                List.of("statemesh status", "statemesh up"),
                cause);
    }

    private static StateMeshException forbidden(String message, Kubeconfig who) {
        Matcher parts = FORBIDDEN.matcher(message);
        if (!parts.find()) {
            return failure(
                    ClientErrors.FORBIDDEN, sentence(message, "'" + who.user() + "' may not do this"), List.of());
        }
        String where = parts.group(4) == null ? "in this zone" : "in project '" + parts.group(4) + "'";
        return failure(
                ClientErrors.FORBIDDEN,
                "'" + parts.group(1) + "' may not " + parts.group(2) + " " + parts.group(3) + " " + where + ".",
                List.of("missing: verb " + parts.group(2) + " on " + parts.group(3) + " " + where),
                "ask the project's owner for access",
                "statemesh projects list");
    }

    private static StateMeshException notFound(String message, JsonNode body, String path) {
        boolean knowsThePath = body.path("details").has("name");
        if (path.startsWith(STATEMESH_GROUP) && !knowsThePath) {
            return failure(
                    ClientErrors.NOT_INSTALLED,
                    "This Kubernetes does not know StateMesh.",
                    List.of("no " + path),
                    "install StateMesh's definitions: statemesh up, or the manifests of the release");
        }
        String kind = body.at("/details/kind").asText("object");
        return failure(
                ClientErrors.NOT_FOUND,
                sentence(
                        message,
                        "There is no " + kind + " '" + body.at("/details/name").asText() + "'"),
                List.of());
    }

    /** The server's message without its list of causes, which become evidence. */
    private static String summary(JsonNode body, String message) {
        JsonNode details = body.path("details");
        if (details.path("causes").isEmpty() || !details.has("name")) {
            return message;
        }
        int causes = details.path("causes").size();
        return details.path("kind").asText("object") + " '"
                + details.get("name").asText() + "' cannot be accepted: " + causes
                + (causes == 1 ? " field is wrong" : " fields are wrong");
    }

    private static List<String> causes(JsonNode body) {
        List<String> lines = new ArrayList<>();
        for (JsonNode cause : body.at("/details/causes")) {
            String field = cause.path("field").asText();
            String text = cause.path("message").asText();
            lines.add(field.isEmpty() || text.startsWith(field) ? text : field + ": " + text);
        }
        return lines;
    }

    private static ErrorCode codeFor(int status) {
        return switch (status) {
            case 401 -> ClientErrors.NOT_AUTHENTICATED;
            case 403 -> ClientErrors.FORBIDDEN;
            case 404 -> ClientErrors.NOT_FOUND;
            case 409 -> ClientErrors.CONFLICT;
            default -> status < 500 && status != 429 ? ClientErrors.INVALID : ClientErrors.SERVER;
        };
    }

    private static String sentence(String message, String otherwise) {
        String text = message.isBlank() ? otherwise : message.strip();
        return text.endsWith(".") ? text : text + ".";
    }

    private static StateMeshException failure(ErrorCode code, String sentence, List<String> evidence, String... next) {
        return new StateMeshException(code, sentence, evidence, List.of(next));
    }
}
