// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;

/** Log lines of an application's replicas. */
final class Logs {
    private final ApiClient api;
    private final String project;

    /**
     * One line.
     *
     * @param time RFC 3339 with nanoseconds, as the node wrote it
     * @param source replica, and container where there are several
     */
    record Line(String time, String source, String text) {}

    /**
     * One container of one replica.
     *
     * @param running and not about to end
     */
    record Source(String pod, String container, boolean only, int restarts, boolean running) {
        /** The same for every run of the container. */
        String label() {
            return only ? pod : pod + "/" + container;
        }
    }

    Logs(ApiClient api, String project) {
        this.api = api;
        this.project = project;
    }

    /** Containers of all replicas, those that ended included, by name. */
    List<Source> sources(String application) {
        List<Source> sources = new ArrayList<>();
        for (JsonNode pod : api.list(ApiPaths.replicas(project, application))) {
            JsonNode containers = pod.at("/spec/containers");
            for (JsonNode container : containers) {
                String name = container.path("name").asText();
                JsonNode status = status(pod, name);
                sources.add(new Source(
                        pod.at("/metadata/name").asText(),
                        name,
                        containers.size() == 1,
                        status.path("restartCount").asInt(),
                        status.path("state").has("running")
                                && !pod.path("metadata").has("deletionTimestamp")));
            }
        }
        sources.sort(Comparator.comparing(Source::pod).thenComparing(Source::container));
        return sources;
    }

    /** The last lines of one replica, or of the first one that has any; of its previous run when it restarted. */
    List<String> last(String application, String replica, int lines) {
        try {
            for (Source source : sources(application)) {
                if (!replica.isEmpty() && !replica.equals(source.pod())) {
                    continue;
                }
                List<String> text = read(source, "&tailLines=" + lines).stream()
                        .map(Line::text)
                        .toList();
                if (text.isEmpty() && source.restarts() > 0) {
                    text = read(source, "&previous=true&tailLines=" + lines).stream()
                            .map(Line::text)
                            .toList();
                }
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return List.of();
        } catch (StateMeshException e) {
            return List.of("(logs are not available: " + e.sentence() + ")");
        }
    }

    /** Lines of one container; as many as {@code query} allows. */
    List<Line> read(Source source, String query) {
        List<Line> lines = new ArrayList<>();
        follow(source, query, lines::add);
        return lines;
    }

    /** Hands over each line as it comes until the stream ends. */
    void follow(Source source, String query, Consumer<Line> to) {
        String path = ApiPaths.pod(project, source.pod()) + "/log?timestamps=true&container="
                + ApiPaths.encode(source.container()) + query;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(api.stream(path), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                to.accept(parse(source.label(), line));
            }
        } catch (IOException e) {
            to.accept(new Line("", source.label(), "(cut off: " + e.getMessage() + ")"));
        }
    }

    static Line parse(String source, String line) {
        int space = line.indexOf(' ');
        boolean stamped = space > 0 && line.charAt(0) >= '0' && line.charAt(0) <= '9' && line.indexOf('T') == 10;
        return stamped
                ? new Line(line.substring(0, space), source, line.substring(space + 1))
                : new Line("", source, line);
    }

    private static JsonNode status(JsonNode pod, String container) {
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            if (status.path("name").asText().equals(container)) {
                return status;
            }
        }
        return MissingNode.getInstance();
    }
}
