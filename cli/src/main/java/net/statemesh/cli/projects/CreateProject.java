// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.Hostnames;
import net.statemesh.api.application.Priority;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.api.project.Profile;
import net.statemesh.api.validation.Violation;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.ZoneContext;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.manifest.Schema;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code projects create}: makes a project or changes what is given of an existing one. */
@Command(mixinStandardHelpOptions = true)
public final class CreateProject implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "DNS label: a-z, 0-9 and -, at most 63.")
    private String name = "";

    @Option(names = "--profile", paramLabel = "PROFILE", description = "Kind of nodes: ${COMPLETION-CANDIDATES}.")
    private @Nullable Profile profile;

    @Option(names = "--owner", paramLabel = "USER", description = "Wallet address or user name of who may work in it.")
    private @Nullable String owner;

    @Option(names = "--cpu", paramLabel = "CORES", description = "Quota: sum of CPU requests.")
    private @Nullable String cpu;

    @Option(names = "--memory", paramLabel = "BYTES", description = "Quota: sum of memory requests.")
    private @Nullable String memory;

    @Option(names = "--pods", paramLabel = "N", description = "Quota: number of pods.")
    private @Nullable Integer pods;

    @Option(names = "--applications", paramLabel = "N", description = "Quota: number of applications.")
    private @Nullable Integer applications;

    @Option(
            names = "--highest-priority",
            paramLabel = "PRIORITY",
            description =
                    "What its applications may ask for: Low, Normal (default) or High, which takes room of others.")
    private @Nullable Priority highestPriority;

    @Option(names = "--new", description = "Fail when the project exists already.")
    private boolean onlyNew;

    @Option(names = "--use", description = "Make it the current project.")
    private boolean use;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public CreateProject(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode manifest = manifest();
        validate(manifest);
        try (ApiClient api = session.api()) {
            boolean there = api.find(ApiPaths.project(name)).isPresent();
            JsonNode written = there && !onlyNew
                    ? api.mergePatch(
                            ApiPaths.project(name),
                            new ObjectMapper().createObjectNode().set("spec", manifest.get("spec")))
                    : api.create(ApiPaths.projects(), manifest);
            if (wait.wanted()) {
                written = new ProjectWait(api).ready(name, wait.timeout());
            }
            session.console().done((there ? "updated  " : "created  ") + "project " + name);
            if (use) {
                ZoneContext.useProject(session.environment().home(), name);
                session.console().done("current  project " + name);
            }
            if (output.format().isDocument()) {
                session.console().result(Documents.text(ListProjects.document(written), output.format()));
            }
        }
        return 0;
    }

    private ObjectNode manifest() {
        ObjectNode manifest = new ObjectMapper().createObjectNode();
        manifest.put("apiVersion", ApiGroup.API_VERSION).put("kind", "Project");
        manifest.putObject("metadata").put("name", name);
        ObjectNode spec = manifest.putObject("spec");
        if (profile != null) {
            spec.put("profile", profile.name().toUpperCase(Locale.ROOT));
        }
        if (highestPriority != null) {
            spec.put("highestPriority", highestPriority.label());
        }
        if (owner != null) {
            spec.put("owner", owner);
        }
        ObjectNode quota = new ObjectMapper().createObjectNode();
        if (cpu != null) {
            quota.put("cpu", cpu);
        }
        if (memory != null) {
            quota.put("memory", memory);
        }
        if (pods != null) {
            quota.put("pods", pods);
        }
        if (applications != null) {
            quota.put("applications", applications);
        }
        if (!quota.isEmpty()) {
            spec.set("quota", quota);
        }
        return manifest;
    }

    private void validate(ObjectNode manifest) {
        List<Violation> wrong = new ArrayList<>();
        if (!Hostnames.isDnsLabel(name)) {
            wrong.add(new Violation("NAME", name, "a DNS label (a-z, 0-9 and -; at most 63)"));
        }
        wrong.addAll(Schema.ofProjects().check(manifest.get("spec")));
        if (!wrong.isEmpty()) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    wrong.getFirst().sentence() + ".",
                    wrong.stream().skip(1).map(Violation::sentence).toList(),
                    List.of("statemesh projects create --help"));
        }
    }
}
