// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.Optional;
import java.util.concurrent.Callable;
import net.statemesh.api.Hostnames;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.history.HistoryView;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code apps history}: every stop, move, refusal and restart, also of an application that is gone. */
@Command(mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
    private static final String KIND = "Application";

    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    public HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            String namespace = project.name(session);
            history(api, namespace).print(session.console(), output.format());
        }
        return 0;
    }

    /** An application that was deleted is found by its whole name only. */
    private HistoryView history(ApiClient api, String namespace) {
        Optional<HistoryView> exact = Hostnames.isDnsLabel(name.value())
                ? HistoryView.find(api, namespace, KIND, name.value())
                : Optional.empty();
        return exact.orElseGet(() -> {
            String found = new Applications(api, namespace).find(name.value()).name();
            return HistoryView.find(api, namespace, KIND, found).orElseGet(() -> HistoryView.empty(found));
        });
    }
}
