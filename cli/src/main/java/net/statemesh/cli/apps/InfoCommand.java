// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import net.statemesh.api.Condition;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code apps info}. */
@Command(mixinStandardHelpOptions = true)
public final class InfoCommand implements Callable<Integer> {
    private static final int MAX_EVENTS = 10;

    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    public InfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            ApplicationView view = applications.find(name.value());
            ApplicationStatus status = Statuses.status(view.object());
            Set<String> names = new HashSet<>(Set.of(view.name()));
            status.replicaStatuses().forEach(replica -> names.add(replica.name()));
            List<EventView> events = EventView.of(api, applications.project(), names, view);
            Console console = session.console();
            switch (output.format()) {
                case JSON, YAML -> console.result(Documents.text(document(view, status, events), output.format()));
                case NAME -> console.result(view.name());
                case TABLE, WIDE -> print(view, status, events, console, Instant.now());
            }
        }
        return 0;
    }

    static void print(
            ApplicationView view, ApplicationStatus status, List<EventView> events, Console console, Instant now) {
        console.result(view.name() + "  " + view.phaseOrPending() + "  " + view.ready() + " replicas ready");
        console.result("  project   " + view.project() + "    id " + (view.id().isEmpty() ? "-" : view.id())
                + "    age " + Ages.since(view.created(), now));
        view.object()
                .at("/spec/containers")
                .forEach(container ->
                        console.result("  image     " + container.path("image").asText()));
        view.urls().forEach(url -> console.result("  url       " + url));
        replicas(status.replicaStatuses(), console, now);
        conditions(status.conditions(), console, now);
        events(events, console, now);
    }

    private static void replicas(List<ReplicaStatus> replicas, Console console, Instant now) {
        if (replicas.isEmpty()) {
            return;
        }
        Table table = new Table("REPLICA", "NODE", "STATE", "RESTARTS", "SINCE", "REASON");
        for (ReplicaStatus replica : replicas) {
            String reason = replica.reason() == null ? "" : replica.reason();
            table.row(
                    replica.name(),
                    replica.node() == null ? "-" : replica.node(),
                    Words.of(replica.state()),
                    Integer.toString(replica.restarts()),
                    replica.since() == null ? "-" : Ages.since(replica.since(), now),
                    replica.message() == null ? reason : reason + ": " + replica.message());
        }
        section(table, console);
    }

    private static void conditions(List<Condition> conditions, Console console, Instant now) {
        if (conditions.isEmpty()) {
            return;
        }
        Table table = new Table("CONDITION", "STATUS", "REASON", "ACTOR", "SINCE", "MESSAGE");
        for (Condition condition : conditions) {
            table.row(
                    condition.type(),
                    condition.status(),
                    condition.reason(),
                    condition.actor() == null ? "-" : condition.actor(),
                    condition.lastTransitionTime() == null ? "-" : Ages.since(condition.lastTransitionTime(), now),
                    condition.message() == null ? "" : condition.message());
        }
        section(table, console);
    }

    static void events(List<EventView> events, Console console, Instant now) {
        if (events.isEmpty()) {
            return;
        }
        Table table = new Table("AGE", "EVENT", "ABOUT", "MESSAGE");
        events.stream()
                .skip(Math.max(0, events.size() - MAX_EVENTS))
                .forEach(event -> table.row(
                        Ages.since(event.time(), now) + (event.count() > 1 ? " (x" + event.count() + ")" : ""),
                        event.reason(),
                        event.about(),
                        event.message()));
        section(table, console);
    }

    private static void section(Table table, Console console) {
        console.result("");
        table.lines(Table.MAX_COLUMNS - 2).forEach(line -> console.result("  " + line));
    }

    private static ObjectNode document(ApplicationView view, ApplicationStatus status, List<EventView> events) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode document = view.document();
        document.set("spec", view.object().path("spec"));
        document.set("replicaStatuses", json.valueToTree(status.replicaStatuses()));
        document.set("conditions", json.valueToTree(status.conditions()));
        ArrayNode list = document.putArray("events");
        events.forEach(event -> list.add(event.document()));
        return document;
    }
}
