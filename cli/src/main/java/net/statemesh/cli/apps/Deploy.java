// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.manifest.Manifests;
import net.statemesh.cli.output.OutputOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apps deploy}: creates an application or brings an existing one to what is asked for. */
@Command(mixinStandardHelpOptions = true)
public final class Deploy implements Callable<Integer> {
    private final Session session;

    @ArgGroup
    private Name given = new Name();

    @ArgGroup
    private Source source = new Source();

    @Mixin
    private final DeployFlags flags = new DeployFlags();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Option(
            names = "--new",
            description = "Fail when the name is taken by an application that is not the same already.")
    private boolean onlyNew;

    @Option(names = "--dry-run", description = "Show what would change; the zone checks it and changes nothing.")
    private boolean dryRun;

    /** What it is called; StateMesh's public command line has it as an option. */
    static final class Name {
        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "Name of the application; with -f from the manifest.")
        @Nullable
        String name;

        @Option(names = "--appName", paramLabel = "NAME", hidden = true)
        @Nullable
        String option;

        @Nullable
        String value() {
            return name == null ? option : name;
        }
    }

    /** Where the application comes from. */
    static final class Source {
        @Option(names = "--image", paramLabel = "REF", description = "Image of any registry.")
        @Nullable
        String image;

        @Option(names = "--path", paramLabel = "DIR", description = "Folder with web pages or a Dockerfile.")
        @Nullable
        Path path;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "Manifest with one or more Applications, YAML or JSON; - reads standard input.")
        @Nullable
        Path file;
    }

    public Deploy(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Deployment deployment = new Deployment(
                    new Applications(api, project.name(session)),
                    session.console(),
                    session.firstAnswer(),
                    new Deployment.Mode(onlyNew, dryRun, wait.wanted(), wait.timeout()));
            List<Deployment.Outcome> outcomes =
                    source.file == null ? one(deployment) : several(deployment, source.file);
            new DeployReport(session.console(), output.format(), dryRun).print(outcomes);
        }
        return 0;
    }

    private List<Deployment.Outcome> one(Deployment deployment) {
        String name = given.value();
        if (name == null) {
            throw usage("NAME is missing.", "statemesh apps deploy NAME --image REF");
        }
        return List.of(deployment.fromFlags(name, source, flags));
    }

    private List<Deployment.Outcome> several(Deployment deployment, Path file) {
        if (!flags.isEmpty()) {
            throw usage("-f describes the whole application: other flags do not go with it.", "change the manifest");
        }
        List<ObjectNode> manifests =
                Manifests.applications(file, session.environment().in());
        String name = given.value();
        if (name != null) {
            List<ObjectNode> named = manifests.stream()
                    .filter(manifest -> manifest.at("/metadata/name").asText().equals(name))
                    .toList();
            if (named.isEmpty()) {
                throw usage("'" + file + "' has no Application '" + name + "'.", "leave NAME out");
            }
            manifests = named;
        }
        return deployment.fromManifests(manifests);
    }

    private static StateMeshException usage(String sentence, String next) {
        return new StateMeshException(CliErrors.USAGE, sentence, List.of(), List.of(next));
    }
}
