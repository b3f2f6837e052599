// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.rehearsal;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.launcher.Main;

/** {@code CommandRehearsal FOLDER}: what people type most, once each, against the zone in a folder. */
public final class CommandRehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("apps", "list"),
            List.of("apps", "list", "-o", "json"),
            List.of("apps", "info", "none"),
            List.of("apps", "deploy", "none", "--image", "none/none:1", "--port", "80", "--dry-run"),
            List.of("projects", "list"),
            List.of("node", "list"),
            List.of("status"),
            List.of("status", "-o", "json"),
            List.of("doctor"));

    private CommandRehearsal() {}

    public static void main(String[] arguments) {
        for (List<String> command : COMMANDS) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--data", arguments[0]));
            Main.command(words.toArray(String[]::new));
        }
    }
}
