// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
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
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code apps explain}: why it is so, why each replica is where it is and not elsewhere, what happened. */
@Command(mixinStandardHelpOptions = true)
public final class Explain implements Callable<Integer> {
    private static final int MAX_EVENTS = 30;

    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    public Explain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            ApplicationView view = applications.find(name.value());
            ApplicationStatus status = Statuses.status(view.object());
            List<ReplicaReasons> replicas = api.list(ApiPaths.replicas(applications.project(), view.name())).stream()
                    .map(ReplicaReasons::of)
                    .toList();
            Set<String> names = new HashSet<>(Set.of(view.name()));
            replicas.forEach(replica -> names.add(replica.name()));
            List<EventView> events = EventView.of(api, applications.project(), names, view);
            if (output.format().isDocument()) {
                session.console().result(Documents.text(document(view, status, replicas, events), output.format()));
            } else {
                print(view, status, replicas, events, session.console(), Instant.now());
            }
        }
        return 0;
    }

    static void print(
            ApplicationView view,
            ApplicationStatus status,
            List<ReplicaReasons> replicas,
            List<EventView> events,
            Console console,
            Instant now) {
        console.result(view.name() + " is " + view.phaseOrPending() + " with " + view.ready() + " replicas ready.");
        for (Condition condition : status.conditions()) {
            String since = condition.lastTransitionTime() == null
                    ? ""
                    : " for " + Ages.since(condition.lastTransitionTime(), now);
            String message = condition.message() == null ? "" : ": " + condition.message();
            console.result("  " + (condition.holds() ? "is " : "is not ") + condition.type() + since + " ("
                    + condition.reason() + ")" + message);
        }
        if (status.conditions().isEmpty()) {
            console.result("  the master has not looked at it yet; check with: statemesh status");
        }
        for (ReplicaReasons replica : replicas) {
            console.result("");
            replica.lines(now).forEach(console::result);
        }
        if (!events.isEmpty()) {
            console.result("");
            console.result("  what happened, oldest first");
            Table table = new Table("", "", "", "", "");
            events.stream()
                    .skip(Math.max(0, events.size() - MAX_EVENTS))
                    .forEach(event -> table.row(
                            "    " + Ages.since(event.time(), now) + " ago",
                            event.count() > 1 ? event.reason() + " x" + event.count() : event.reason(),
                            event.actor().isEmpty() ? "-" : "by " + event.actor(),
                            event.about(),
                            event.message()));
            List<String> lines = table.lines(Integer.MAX_VALUE);
            lines.subList(1, lines.size()).forEach(console::result);
        }
    }

    private static ObjectNode document(
            ApplicationView view, ApplicationStatus status, List<ReplicaReasons> replicas, List<EventView> events) {
        ObjectNode document = view.document();
        document.set("conditions", new ObjectMapper().valueToTree(status.conditions()));
        ArrayNode all = document.putArray("replicas");
        for (ReplicaReasons replica : replicas) {
            JsonNode decision = replica.decision();
            all.addObject()
                    .put("name", replica.name())
                    .put("node", replica.node())
                    .set("decision", decision);
        }
        ArrayNode list = document.putArray("events");
        events.forEach(event -> list.add(event.document()));
        return document;
    }
}
