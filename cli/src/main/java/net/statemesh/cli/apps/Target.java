// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ClientErrors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin: which container of which replica a command goes to. */
final class Target {
    @Option(
            names = "--replica",
            paramLabel = "REPLICA",
            description = "Replica whose name starts or ends so; else the first that runs.")
    @Nullable
    String replica;

    @Option(
            names = {"-c", "--container"},
            paramLabel = "CONTAINER",
            description = "Container; else the first.")
    @Nullable
    String container;

    /** The first running container that fits. */
    Logs.Source choose(Applications applications, ApplicationView application) {
        Logs logs = new Logs(applications.api(), applications.project());
        List<Logs.Source> all = logs.sources(application.name());
        return all.stream()
                .filter(Logs.Source::running)
                .filter(source -> replica == null
                        || source.pod().startsWith(replica)
                        || source.pod().endsWith(replica))
                .filter(source -> container == null || source.container().equals(container))
                .findFirst()
                .orElseThrow(() -> nothingFits(application, all));
    }

    private static StateMeshException nothingFits(ApplicationView application, List<Logs.Source> all) {
        List<String> there = all.stream()
                .map(source -> source.pod() + "/" + source.container() + (source.running() ? "" : " (does not run)"))
                .toList();
        return new StateMeshException(
                ClientErrors.NOT_FOUND,
                "'" + application.name() + "' has no running container that fits (" + application.phaseOrPending()
                        + ").",
                there,
                List.of("statemesh apps info " + application.name()));
    }
}
