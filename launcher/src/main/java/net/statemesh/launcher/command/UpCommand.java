// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.ZoneContext;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.up.Progress;
import net.statemesh.launcher.up.Up;
import net.statemesh.launcher.up.UpOptions;
import net.statemesh.launcher.up.UpResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh up}. */
@Command(mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--zone", paramLabel = "NAME", description = "Name of the zone (default: local-1).")
    private @Nullable String zone;

    @Option(names = "--nodes", paramLabel = "N", description = "Virtual nodes (default: 3).")
    private @Nullable Integer nodes;

    @Option(
            names = "--operators",
            paramLabel = "NAME",
            split = ",",
            description = "Who brings the virtual nodes, in turn: nodes of one operator count as failing together"
                    + " (default: local).")
    private List<String> operators = new ArrayList<>();

    @Option(names = "--https-port", paramLabel = "PORT", description = "Port of the router for HTTPS (default: 8443).")
    private @Nullable Integer httpsPort;

    @Option(names = "--http-port", paramLabel = "PORT", description = "Port of the router for HTTP (default: 8080).")
    private @Nullable Integer httpPort;

    @Option(names = "--detach", description = "Return when the zone is ready; it runs on.")
    private boolean detach;

    @Option(names = "--bare", description = "Without the example application.")
    private boolean bare;

    @Option(names = "--no-install", description = "Refuse when packages are missing instead of installing them.")
    private boolean noInstall;

    @Mixin
    private final OutputOption output = new OutputOption();

    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ZoneFolder folder = ZoneChoice.toStart(session, zone);
        Progress progress = new Progress(session.console(), System::nanoTime);
        UpResult result = new Up(
                        folder,
                        options(),
                        progress,
                        Clock.systemUTC(),
                        session.environment().variables().getOrDefault("PATH", ""))
                .run();
        ZoneContext.useZone(session.environment().home(), folder.root());
        UpPage.print(session.console(), output.format(), result);
        if (!detach) {
            new Foreground(folder, session).watch();
        }
        return 0;
    }

    private UpOptions options() {
        return new UpOptions(
                zone == null ? ZoneChoice.DEFAULT_ZONE : zone,
                optional(nodes),
                operators,
                optional(httpsPort),
                optional(httpPort),
                !noInstall,
                bare);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
