// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.launcher.doctor.Doctor;
import net.statemesh.launcher.doctor.Finding;
import net.statemesh.launcher.doctor.Finding.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code statemesh doctor}: exit code 0 when nothing keeps a zone from working, else 2. */
@Command(mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final int SOMETHING_IS_BAD = 2;

    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    public DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        String searchPath = session.environment().variables().getOrDefault("PATH", "");
        List<Finding> findings = new Doctor(
                        ZoneChoice.existing(session),
                        searchPath,
                        Clock.systemUTC().instant())
                .examine();
        if (output.format().isDocument()) {
            session.console().result(Documents.render(output.format(), findings));
        } else {
            findings.forEach(this::print);
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BAD) ? SOMETHING_IS_BAD : 0;
    }

    private void print(Finding finding) {
        String mark = switch (finding.verdict()) {
            case GOOD -> "✓";
            case WARNING -> "!";
            case BAD -> "✗";
        };
        session.console().result("  " + mark + " %-13s %s".formatted(finding.subject(), finding.detail()));
        if (!finding.repair().isEmpty()) {
            session.console().result("      repair: " + finding.repair());
        }
    }
}
