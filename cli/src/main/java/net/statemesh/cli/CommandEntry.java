// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A command by name, made only when it is typed: reading the annotations of all of them, which a list of commands does not need, takes
 * longer than most commands do.
 */
public sealed interface CommandEntry {
    String name();

    /** One line for lists of commands and on top of the command's own help. */
    String summary();

    /**
     * A command that does something; its class carries picocli's annotations and it returns the exit code.
     *
     * @param shortForm of a verb in a group, and not listed
     */
    record Leaf(String name, String summary, Function<Session, Callable<Integer>> make, boolean shortForm)
            implements CommandEntry {
        Leaf asShortForm() {
            return new Leaf(name, summary, make, true);
        }
    }

    /** A noun with its verbs, or with nouns below it. */
    record Group(String name, String summary, List<CommandEntry> verbs) implements CommandEntry {
        public Group {
            verbs = List.copyOf(verbs);
        }
    }

    static Leaf leaf(String name, String summary, Function<Session, Callable<Integer>> make) {
        return new Leaf(name, summary, make, false);
    }

    static Group group(String name, String summary, CommandEntry... verbs) {
        return new Group(name, summary, List.of(verbs));
    }
}
