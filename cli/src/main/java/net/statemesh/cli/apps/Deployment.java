// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Phase;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.api.validation.ApplicationValidation;
import net.statemesh.api.validation.HostOwners;
import net.statemesh.api.validation.Violation;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.manifest.Schema;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.url.FirstAnswer;
import net.statemesh.images.StaticSite;
import org.jspecify.annotations.Nullable;

/** Plan, validate, write, wait: the steps of a deploy. Nothing is written before everything is validated. */
final class Deployment {
    private static final int MAX_SHOWN = 20;
    private static final int MAX_ATTEMPTS = 10;

    private final Applications applications;
    private final Console console;
    private final FirstAnswer firstAnswer;
    private final Mode mode;
    private @Nullable ZoneSettings zone;

    /**
     * How to go about it.
     *
     * @param onlyNew an application that exists and is another is an error
     * @param dryRun nothing is changed
     */
    record Mode(boolean onlyNew, boolean dryRun, boolean waits, Duration timeout) {}

    /** What came of one application. */
    record Outcome(ApplicationView view, Plan.Kind change, ObjectNode manifest) {
        ObjectNode document() {
            ObjectNode document = view.document();
            document.put("change", change.name().toLowerCase(Locale.ROOT));
            return document;
        }
    }

    /** A spec that is ready to be written. */
    private record Ready(String name, Plan plan, ObjectNode manifest) {}

    Deployment(Applications applications, Console console, FirstAnswer firstAnswer, Mode mode) {
        this.applications = applications;
        this.console = console;
        this.firstAnswer = firstAnswer;
        this.mode = mode;
    }

    /** On top of what is there when the image is; where somebody changes it in that moment, on top of that. */
    Outcome fromFlags(String name, Deploy.Source source, DeployFlags flags) {
        nameIsValid(name);
        Optional<SourceImage.Pushed> pushed = Optional.ofNullable(source.path)
                .map(path -> SourceImage.push(path, applications.project(), name, applications.api(), console));
        if (pushed.isPresent()) {
            port(flags, pushed.get().port(), name);
        }
        for (int attempt = 1; ; attempt++) {
            Optional<JsonNode> before = applications.byName(name);
            String image = pushed.map(SourceImage.Pushed::name)
                    .or(() -> Optional.ofNullable(source.image))
                    .or(() -> before.map(object ->
                            Statuses.spec(object).containers().getFirst().image()))
                    .orElseThrow(() -> needsSource(name));
            ApplicationSpec spec = SpecChange.apply(name, before.map(Statuses::spec), image, flags);
            ObjectNode manifest = manifest(name, Statuses.tree(spec));
            before.ifPresent(object -> manifest.withObject("/metadata")
                    .put(
                            "resourceVersion",
                            object.at("/metadata/resourceVersion").asText()));
            try {
                return roll(List.of(ready(name, before, manifest))).getFirst();
            } catch (StateMeshException e) {
                if (before.isEmpty()
                        || attempt == MAX_ATTEMPTS
                        || !e.code().equals(ClientErrors.CONFLICT)
                        || mode.onlyNew()) {
                    throw e;
                }
            }
        }
    }

    private static StateMeshException needsSource(String name) {
        return new StateMeshException(
                CliErrors.USAGE,
                "'" + name + "' does not exist yet, so it needs --image, --path or -f.",
                List.of(),
                List.of(
                        "statemesh apps deploy " + name + " --image REF --port 8080",
                        "statemesh apps deploy " + name + " --path DIR"));
    }

    List<Outcome> fromManifests(List<ObjectNode> manifests) {
        List<Ready> ready = new ArrayList<>();
        for (ObjectNode manifest : manifests) {
            String name = manifest.at("/metadata/name").asText();
            String namespace = manifest.at("/metadata/namespace").asText(applications.project());
            if (!namespace.equals(applications.project())) {
                throw new StateMeshException(
                        CliErrors.USAGE,
                        "'" + name + "' belongs to project '" + namespace + "', but the command works in '"
                                + applications.project() + "'.",
                        List.of(),
                        List.of("--project " + namespace));
            }
            ready.add(ready(name, existing(name), manifest));
        }
        return roll(ready);
    }

    /** The whole spec, if nobody changes it meanwhile; what the zone writes about the application's state is in nobody's way. */
    Outcome fromSpec(ApplicationView seen, ApplicationSpec spec) {
        JsonNode before = seen.object();
        for (int attempt = 1; ; attempt++) {
            ObjectNode manifest = manifest(seen.name(), Statuses.tree(spec));
            manifest.withObject("/metadata")
                    .put(
                            "resourceVersion",
                            before.at("/metadata/resourceVersion").asText());
            try {
                return roll(List.of(ready(seen.name(), Optional.of(before), manifest)))
                        .getFirst();
            } catch (StateMeshException e) {
                if (attempt == MAX_ATTEMPTS || !e.code().equals(ClientErrors.CONFLICT)) {
                    throw e;
                }
                JsonNode now = applications.find(seen.name()).object();
                if (!now.path("spec").equals(before.path("spec"))) {
                    throw e;
                }
                before = now;
            }
        }
    }

    static ArrayNode documents(List<Outcome> outcomes) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        outcomes.forEach(outcome -> array.add(outcome.document()));
        return array;
    }

    private Ready ready(String name, Optional<JsonNode> before, ObjectNode manifest) {
        JsonNode spec = manifest.path("spec");
        List<Violation> violations = new ArrayList<>(Schema.ofApplications().check(spec));
        if (violations.isEmpty()) {
            violations.addAll(ApplicationValidation.check(name, Statuses.spec(manifest), zone(), HostOwners.UNKNOWN));
        }
        if (!violations.isEmpty()) {
            throw new StateMeshException(
                    RolloutErrors.NOT_ACCEPTED,
                    "'" + name + "' cannot be accepted: " + Words.count(violations.size(), "mistake") + ".",
                    violations.stream()
                            .map(Violation::sentence)
                            .limit(MAX_SHOWN)
                            .toList(),
                    List.of("statemesh apps deploy --help"));
        }
        JsonNode normal = Statuses.tree(Statuses.spec(manifest));
        Plan plan = Plan.between(before.map(object -> Statuses.tree(Statuses.spec(object))), normal);
        if (mode.onlyNew() && plan.kind() == Plan.Kind.UPDATED) {
            throw taken(ApplicationView.of(before.orElseThrow()));
        }
        return new Ready(name, plan, manifest);
    }

    private List<Outcome> roll(List<Ready> all) {
        List<JsonNode> written = new ArrayList<>();
        for (Ready ready : all) {
            console.progress(
                    ready.name() + "  project " + applications.project() + "  " + (mode.dryRun() ? "would be " : "")
                            + ready.plan().kind().name().toLowerCase(Locale.ROOT));
            ready.plan().changes().forEach(line -> console.progress("    " + line));
            Authorship.sign(ready.manifest(), applications.api());
            written.add(applications
                    .api()
                    .apply(
                            ApiPaths.application(applications.project(), ready.name()),
                            ready.manifest(),
                            mode.dryRun()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            outcomes.add(outcome(all.get(i), written.get(i)));
        }
        return outcomes;
    }

    private Outcome outcome(Ready ready, JsonNode written) {
        ready.manifest().withObject("/metadata").remove("resourceVersion"); // of this attempt only
        Authorship.unsign(ready.manifest());
        ApplicationView view = ApplicationView.of(written);
        if (mode.waits() && !mode.dryRun()) {
            long started = System.nanoTime();
            Phase wanted = view.wantedReplicas() == 0 ? Phase.STOPPED : Phase.SERVING;
            view = new Rollout(applications, console)
                    .await(ready.name(), written.at("/metadata/generation").asLong(), wanted, mode.timeout());
            UrlCheck.await(firstAnswer, view, console, mode.timeout());
            String seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - started) / 1e9);
            console.done(
                    view.phaseOrPending().toLowerCase(Locale.ROOT) + "  " + view.ready() + " replicas  " + seconds);
        }
        return new Outcome(view, ready.plan().kind(), ready.manifest());
    }

    private Optional<JsonNode> existing(String name) {
        nameIsValid(name);
        return applications.byName(name);
    }

    private StateMeshException taken(ApplicationView there) {
        return new StateMeshException(
                ClientErrors.CONFLICT,
                "The name '" + there.name() + "' is taken in project '" + applications.project() + "'.",
                List.of(there.phaseOrPending() + ", image " + there.image() + ", " + there.url()),
                List.of(
                        "another name",
                        "statemesh apps deploy " + there.name() + " to update it",
                        "statemesh apps delete " + there.name()));
    }

    private void nameIsValid(String name) {
        List<Violation> wrong = ApplicationValidation.check(name, emptySpec(), zone(), HostOwners.UNKNOWN).stream()
                .filter(violation -> violation.field().equals("metadata.name"))
                .toList();
        if (!wrong.isEmpty()) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "NAME is '" + name + "': accepted is " + wrong.getFirst().accepted() + ".",
                    List.of(),
                    List.of());
        }
    }

    private static ApplicationSpec emptySpec() {
        return ApplicationSpec.of().build();
    }

    private ZoneSettings zone() {
        ZoneSettings known = zone;
        if (known == null) {
            known = Zone.settings(applications.api());
            zone = known;
        }
        return known;
    }

    private static void port(DeployFlags flags, int listensOn, String name) {
        if (listensOn == 0) {
            return;
        }
        if (flags.port != null && flags.port != listensOn) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "--port is '" + flags.port + "': accepted for web pages is " + StaticSite.PORT
                            + ", where their server listens.",
                    List.of(),
                    List.of("statemesh apps deploy " + name + " --path DIR"));
        }
        flags.port = listensOn;
    }

    private ObjectNode manifest(String name, JsonNode spec) {
        ObjectNode manifest = new ObjectMapper().createObjectNode();
        manifest.put("apiVersion", ApiGroup.API_VERSION);
        manifest.put("kind", "Application");
        manifest.putObject("metadata").put("name", name).put("namespace", applications.project());
        manifest.set("spec", spec);
        return manifest;
    }
}
