// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.output.OutputOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class CommandsTest {
    @TempDir
    Path home;

    @Command(mixinStandardHelpOptions = true)
    static final class Break implements Callable<Integer> {
        @Mixin
        OutputOption output;

        @Parameters(paramLabel = "HOW")
        String how;

        @Override
        public Integer call() {
            if (how.equals("defect")) {
                throw new IllegalStateException("index 3");
            }
            throw new StateMeshException(
                    new ErrorCode("SM-TEST-001", ErrorKind.valueOf(how)),
                    "It broke.",
                    List.of("line one", "line two"),
                    List.of("this", "that"));
        }
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(
                home, Map.of(), List.of(CommandEntry.leaf("break", "Breaks.", session -> new Break())), arguments);
    }

    @Test
    void errorsBecomeAPageAndTheExitCodeOfTheirKind() {
        CommandRun run = run("break", "TIMEOUT");
        assertThat(run.err()).isEqualTo("""
                error SM-TEST-001: It broke.
                  line one
                  line two
                  try: this · that
                """);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run("break", "USER").exitCode()).isEqualTo(1);
        assertThat(run("break", "PLATFORM").exitCode()).isEqualTo(2);
        assertThat(run("break", "NOT_AUTHORISED").exitCode()).isEqualTo(4);
    }

    @Test
    void errorsAreADocumentForPrograms() {
        CommandRun run = run("break", "USER", "-o", "json");
        assertThat(run.out()).isEqualToIgnoringNewLines("""
                {
                  "error" : {
                    "code" : "SM-TEST-001",
                    "message" : "It broke.",
                    "evidence" : [ "line one", "line two" ],
                    "next" : [ "this", "that" ],
                    "exitCode" : 1
                  }
                }
                """);
    }

    @Test
    void defectsShowNoStackTraceUnlessAsked() {
        assertThat(run("break", "defect").err()).isEqualTo("""
                        error SM-CLI-099: StateMesh has a defect here: IllegalStateException.
                          index 3
                          try: run it again with --debug and report what it prints
                        """);
        assertThat(run("break", "defect", "--debug").err()).contains("at net.statemesh.cli.CommandsTest$Break.call");
    }

    @Test
    void unknownCommandNamesTheNearestOne() {
        CommandRun run = run("brake", "x");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error SM-CLI-001: Unmatched arguments")
                .contains("break");
    }

    @Test
    void withoutACommandTheCommandsAreShown() {
        CommandRun nothing = run();
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).startsWith("Usage: statemesh").containsPattern("break +Breaks\\.");
        CommandRun noun = run("projects");
        assertThat(noun.exitCode()).isEqualTo(1);
        assertThat(noun.err()).startsWith("Usage: statemesh projects").containsPattern("use +Make a project");
    }

    @Test
    void helpNamesGroupsAndNotTheShortFormsOfTheirVerbs() {
        String help = run("--help").out();
        assertThat(help).containsPattern("\\n +apps +Deploy").doesNotContainPattern("\\n +scale ");
        assertThat(run("scale", "--help").out())
                .startsWith("Usage: statemesh scale")
                .contains("Set how many replicas");
        assertThat(run("break", "--help").out()).contains("Breaks.");
    }

    @Test
    void onlyTheNamedCommandIsMade() {
        CommandEntry other = CommandEntry.leaf("other", "Is another.", session -> {
            throw new AssertionError("made although nobody asked");
        });
        CommandRun run = CommandRun.of(
                home,
                Map.of(),
                List.of(CommandEntry.leaf("break", "Breaks.", session -> new Break()), other),
                "break",
                "USER");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
