// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.output.OutputOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apps install}: an image that somebody else made, as an application that is not there yet. */
@Command(mixinStandardHelpOptions = true)
public final class Install implements Callable<Integer> {
    private final Session session;

    @ArgGroup
    private Deploy.Name given = new Deploy.Name();

    @Option(names = "--image", required = true, paramLabel = "REF", description = "Image of any registry.")
    private String image = "";

    @Option(names = "--tag", paramLabel = "TAG", description = "Tag of the image, where REF has none.")
    private @Nullable String tag;

    @Mixin
    private final DeployFlags flags = new DeployFlags();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public Install(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Deploy.Source source = new Deploy.Source();
        source.image = tagged(image, tag);
        try (ApiClient api = session.api()) {
            Deployment deployment = new Deployment(
                    new Applications(api, project.name(session)),
                    session.console(),
                    session.firstAnswer(),
                    new Deployment.Mode(true, false, wait.wanted(), wait.timeout()));
            Deployment.Outcome outcome = deployment.fromFlags(name(), source, flags);
            new DeployReport(session.console(), output.format(), false).print(List.of(outcome));
        }
        return 0;
    }

    /** Without a name of its own the application is called like its image. */
    private String name() {
        String name = given.value();
        if (name != null) {
            return name;
        }
        String last = image.substring(image.lastIndexOf('/') + 1);
        int end = last.indexOf('@') >= 0 ? last.indexOf('@') : last.indexOf(':');
        return end < 0 ? last : last.substring(0, end);
    }

    static String tagged(String image, @Nullable String tag) {
        if (tag == null) {
            return image;
        }
        if (image.contains("@") || image.lastIndexOf(':') > image.lastIndexOf('/')) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "--tag is '" + tag + "', but --image '" + image + "' says which one already.",
                    List.of(),
                    List.of("leave --tag out"));
        }
        return image + ":" + tag;
    }
}
