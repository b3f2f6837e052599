// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Listing;
import net.statemesh.cli.output.Listing.Column;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code projects list}. */
@Command(mixinStandardHelpOptions = true)
public final class ListProjects implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    public ListProjects(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            List<JsonNode> projects = api.list(ApiPaths.projects()).stream()
                    .sorted(Comparator.comparing(ListProjects::name))
                    .toList();
            listing(session.context().project().value(), Instant.now())
                    .print(
                            projects,
                            output.format(),
                            session.console(),
                            "No projects. Next: statemesh projects create NAME");
        }
        return 0;
    }

    static Listing<JsonNode> listing(String current, Instant now) {
        return new Listing<>(
                List.of(
                        Column.of("", project -> name(project).equals(current) ? "*" : " "),
                        Column.of("NAME", ListProjects::name),
                        Column.of("PHASE", project -> text(project, "/status/phase", "Pending")),
                        Column.of("PROFILE", project -> text(project, "/spec/profile", "CLOUD")),
                        Column.of("CPU", project -> usage(project, "cpu")),
                        Column.of("MEMORY", project -> usage(project, "memory")),
                        Column.of("APPS", project -> usage(project, "applications")),
                        Column.wide("PODS", project -> usage(project, "pods")),
                        Column.wide("PRIORITY", project -> text(project, "/spec/highestPriority", "Normal")),
                        Column.of("OWNER", project -> text(project, "/spec/owner", "-")),
                        Column.of("AGE", project -> Ages.since(text(project, "/metadata/creationTimestamp", ""), now))),
                ListProjects::name,
                ListProjects::document);
    }

    static String name(JsonNode project) {
        return project.at("/metadata/name").asText();
    }

    static ObjectNode document(JsonNode project) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("name", name(project));
        document.put("phase", text(project, "/status/phase", "Pending"));
        document.put("profile", text(project, "/spec/profile", "CLOUD"));
        document.put("highestPriority", text(project, "/spec/highestPriority", "Normal"));
        document.put("owner", text(project, "/spec/owner", ""));
        document.set("quota", orEmpty(project.at("/spec/quota")));
        document.set("usage", orEmpty(project.at("/status/usage")));
        document.put("created", text(project, "/metadata/creationTimestamp", ""));
        return document;
    }

    private static JsonNode orEmpty(JsonNode node) {
        return node.isObject() ? node : new ObjectMapper().createObjectNode();
    }

    /** {@code used/allowed}; only what is used where nothing bounds it. */
    private static String usage(JsonNode project, String what) {
        String used = text(project, "/status/usage/" + what, "-");
        String quota = text(project, "/spec/quota/" + what, "");
        return quota.isEmpty() ? used : used + "/" + quota;
    }

    private static String text(JsonNode node, String pointer, String otherwise) {
        String value = node.at(pointer).asText("");
        return value.isEmpty() ? otherwise : value;
    }
}
