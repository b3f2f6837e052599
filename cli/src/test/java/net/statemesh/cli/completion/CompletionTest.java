// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.statemesh.cli.Commands;
import net.statemesh.cli.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @TempDir
    Path home;

    @Test
    void bashScriptIsValidAndOffersWhatTheProgramSays() throws Exception {
        Path script = Files.writeString(home.resolve("completion"), run("completion", "bash"));
        Path program =
                Files.writeString(home.resolve("statemesh"), "#!/bin/sh\necho \"one\"; echo \"$@\" >&2; echo \"$*\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(bash("bash -n " + script)).isEmpty();
        assertThat(bash("source " + script + "; COMP_WORDS=(" + program + " apps in); COMP_CWORD=2; _statemesh;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\""))
                .isEqualTo("one\n__complete apps in\n");
    }

    @Test
    void scriptsForOtherShellsCallTheSameProgram() {
        assertThat(run("completion", "zsh")).startsWith("#compdef statemesh").contains("__complete");
        assertThat(run("completion", "fish")).contains("complete -c statemesh", "__complete");
    }

    @Test
    void completesCommandsOptionsAndValues() {
        assertThat(complete("ap")).containsExactly("apps");
        assertThat(complete("apps", "l")).containsExactly("list", "logs");
        assertThat(complete("apps", "list", "--pro")).containsExactly("--project");
        assertThat(complete("apps", "list", "-o", "")).contains("table", "wide", "json", "yaml", "name");
        assertThat(complete("completion", "")).containsExactly("bash", "zsh", "fish");
        assertThat(complete("apps", "scale", "shop", "--now")).isEmpty();
    }

    @Test
    void withoutAZoneThereAreNoNamesAndNoComplaints() {
        assertThat(complete("apps", "info", "")).isEmpty();
    }

    private List<String> complete(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = Candidates.COMMAND;
        System.arraycopy(words, 0, all, 1, words.length);
        return run(all).lines().toList();
    }

    private String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, UTF_8);
        Environment environment = new Environment(
                Map.of(), home, new ByteArrayInputStream(new byte[0]), stream, System.err, false, false, false);
        assertThat(Commands.run(environment, List.of(), arguments)).isZero();
        return out.toString(UTF_8);
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "--norc", "-c", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
