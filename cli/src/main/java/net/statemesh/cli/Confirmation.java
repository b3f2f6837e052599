// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.statemesh.api.error.StateMeshException;
import picocli.CommandLine.Option;

/** Mixin for commands that destroy: they ask, and {@code --yes} answers. */
public final class Confirmation {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /** Whether to go on. Where nobody can be asked, {@code --yes} is required. */
    public boolean given(Session session, String question) {
        if (yes) {
            return true;
        }
        Environment environment = session.environment();
        if (!environment.inIsTerminal()) {
            throw new StateMeshException(
                    CliErrors.NEEDS_ANSWER,
                    question + " Nobody is here to answer.",
                    List.of("standard input is not a terminal"),
                    List.of("--yes"));
        }
        environment.err().print(question + " [y/N] ");
        environment.err().flush();
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8)).readLine();
            boolean agreed = answer != null
                    && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
            if (!agreed) {
                session.console().progress("nothing changed");
            }
            return agreed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
