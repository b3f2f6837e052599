// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.time.Clock;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.launcher.status.StatusReport;
import net.statemesh.launcher.status.ZoneStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code statemesh status}: exit code 0 when the zone is ready, else 2. */
@Command(mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final int NOT_READY = 2;

    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ZoneStatus status = new StatusReport(ZoneChoice.existing(session)).look();
        if (output.format().isDocument()) {
            session.console().result(Documents.render(output.format(), status));
        } else {
            new StatusPage(session.console(), Clock.systemUTC().instant()).print(status);
        }
        return status.ready() ? 0 : NOT_READY;
    }
}
