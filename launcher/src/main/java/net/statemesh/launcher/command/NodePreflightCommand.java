// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.ZoneContext;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.node.preflight.Check;
import net.statemesh.node.preflight.Check.Verdict;
import net.statemesh.node.preflight.Preflight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code statemesh node preflight}: exit code 0 when this machine can be a node, else 2; what is only below the minimum is said. */
@Command(description = "Looks at the disk below --data, or below the home folder.", mixinStandardHelpOptions = true)
public final class NodePreflightCommand implements Callable<Integer> {
    private static final int CANNOT_BE_A_NODE = 2;

    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    public NodePreflightCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Check> checks = Preflight.run(session.context()
                .data()
                .map(ZoneContext.Setting::value)
                .map(Path::of)
                .orElse(session.environment().home()));
        if (output.format().isDocument()) {
            session.console().result(Documents.render(output.format(), checks));
        } else {
            checks.forEach(this::print);
        }
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.MISSING) ? CANNOT_BE_A_NODE : 0;
    }

    private void print(Check check) {
        String mark = switch (check.verdict()) {
            case OK -> "✓";
            case BELOW_MINIMUM -> "!";
            case MISSING -> "✗";
        };
        String wanted = check.verdict() == Verdict.OK ? "" : "  (a node should have: " + check.wanted() + ")";
        session.console().result("  " + mark + " %-18s %s".formatted(check.name(), check.found()) + wanted);
        if (!check.next().isEmpty()) {
            session.console().result("      " + check.next());
        }
    }
}
