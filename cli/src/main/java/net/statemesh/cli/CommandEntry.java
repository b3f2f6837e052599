// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** A command by name, made only when it is typed: classes of other commands are not even loaded. */
public sealed interface CommandEntry {
    String name();

    /** A command that does something; its class carries picocli's annotations and it returns the exit code. */
    record Leaf(String name, Function<Session, Callable<Integer>> make) implements CommandEntry {}

    /** A noun with its verbs. */
    record Group(String name, String description, List<Leaf> verbs) implements CommandEntry {}

    static Leaf leaf(String name, Function<Session, Callable<Integer>> make) {
        return new Leaf(name, make);
    }

    static Group group(String name, String description, Leaf... verbs) {
        return new Group(name, description, List.of(verbs));
    }
}
