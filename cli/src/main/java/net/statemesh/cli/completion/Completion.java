// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.completion;

import java.util.Locale;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion bash|zsh|fish}: a script that asks {@code statemesh __complete} for candidates. */
@Command(
        description = {
            "bash: source <(statemesh completion bash)",
            "zsh: source <(statemesh completion zsh)",
            "fish: statemesh completion fish | source"
        },
        mixinStandardHelpOptions = true)
public final class Completion implements Callable<Integer> {
    private static final String BASH = """
            # bash completion for statemesh
            _statemesh() {
                local IFS=$'\\n'
                COMPREPLY=($("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            }
            complete -o default -F _statemesh statemesh ./statemesh
            """;
    private static final String ZSH = """
            #compdef statemesh
            # zsh completion for statemesh
            _statemesh() {
                local -a candidates
                candidates=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
                compadd -- "${candidates[@]}"
            }
            compdef _statemesh statemesh ./statemesh
            """;
    private static final String FISH = """
            # fish completion for statemesh
            function __statemesh_complete
                set -l words (commandline -opc) (commandline -ct)
                $words[1] __complete $words[2..-1] 2>/dev/null
            end
            complete -c statemesh -f -a '(__statemesh_complete)'
            """;

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    /** Shells that are known. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Completion(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script = switch (shell) {
            case BASH -> BASH;
            case ZSH -> ZSH;
            case FISH -> FISH;
        };
        session.environment().out().print(script);
        return 0;
    }
}
