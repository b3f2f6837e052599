// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CommandEntry;
import net.statemesh.cli.Commands;
import net.statemesh.cli.Environment;
import net.statemesh.cli.output.ErrorPage;
import net.statemesh.launcher.command.ComponentLogsCommand;
import net.statemesh.launcher.command.DevNodeIsolate;
import net.statemesh.launcher.command.DevNodeKill;
import net.statemesh.launcher.command.DevNodeStart;
import net.statemesh.launcher.command.DoctorCommand;
import net.statemesh.launcher.command.DownCommand;
import net.statemesh.launcher.command.NodePreflightCommand;
import net.statemesh.launcher.command.StatusCommand;
import net.statemesh.launcher.command.UpCommand;
import net.statemesh.launcher.command.ZoneFolderCommand;
import net.statemesh.launcher.command.ZoneInstallCommand;
import net.statemesh.launcher.command.ZoneUninstallCommand;
import net.statemesh.launcher.role.Role;

/** The program behind {@code ./statemesh}: the commands of people, and the processes of a zone. */
public final class Main {
    private static final String RUN = "run";
    /** Held, so that their levels stay: what matters of these libraries' warnings is in our own errors. */
    private static final List<Logger> LIBRARIES = List.of(Logger.getLogger("io.fabric8"), Logger.getLogger("io.netty"));

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals(RUN)) {
            become(List.of(arguments).subList(1, arguments.length));
            return;
        }
        System.exit(command(arguments));
    }

    private static void become(List<String> role) throws Exception {
        try {
            Role.run(role);
        } catch (StateMeshException problem) {
            System.err.println(ErrorPage.text(problem, false));
            System.exit(problem.code().kind().exitCode());
        }
    }

    /** Runs one command of people; its exit code. */
    public static int command(String... arguments) {
        return command(Environment.ofProcess(), arguments);
    }

    /** The same in other surroundings than those of this process. */
    public static int command(Environment environment, String... arguments) {
        LIBRARIES.forEach(library -> library.setLevel(Level.SEVERE));
        return Commands.run(environment, commands(List.of(arguments)), arguments);
    }

    private static List<CommandEntry> commands(List<String> words) {
        List<CommandEntry> commands = new ArrayList<>(List.of(
                CommandEntry.leaf("up", "Start a zone on this machine, or bring it back to ready.", UpCommand::new),
                CommandEntry.leaf("down", "Stop a zone on this machine; its data stays.", DownCommand::new),
                CommandEntry.leaf(
                        "status", "Show the processes and nodes of a zone on this machine.", StatusCommand::new),
                CommandEntry.leaf(
                        "doctor",
                        "Check this machine and the zone on it; say how to repair what is wrong.",
                        DoctorCommand::new),
                CommandEntry.group(
                        "dev",
                        "Try out what the zone does when something fails.",
                        CommandEntry.group(
                                "node",
                                "Take a virtual node's power or link, and give it back.",
                                CommandEntry.leaf("kill", "Take the power of a virtual node.", DevNodeKill::new),
                                CommandEntry.leaf("isolate", "Cut the link of a virtual node.", DevNodeIsolate::new),
                                CommandEntry.leaf("start", "Give power and link back.", DevNodeStart::new))),
                CommandEntry.group(
                        "zone",
                        "A zone on a Kubernetes of yours.",
                        CommandEntry.leaf(
                                "install",
                                "Bring a zone to a Kubernetes, or bring it up to date.",
                                ZoneInstallCommand::new),
                        CommandEntry.leaf(
                                "folder",
                                "Write what a master, a router and commands outside the Kubernetes need.",
                                ZoneFolderCommand::new),
                        CommandEntry.leaf(
                                "uninstall", "Take a zone away from a Kubernetes again.", ZoneUninstallCommand::new)),
                CommandEntry.group(
                        "node",
                        "",
                        CommandEntry.leaf(
                                "preflight", "Check whether this machine can be a node.", NodePreflightCommand::new))));
        // `logs NAME` belongs to the applications, unless NAME is a process of the zone
        if (words.stream().anyMatch(ComponentLogsCommand::isComponent) || !words.contains("logs")) {
            commands.add(CommandEntry.leaf(
                    "logs",
                    "Show the log of a process of the zone: master, ingress, agent-node-1, …",
                    ComponentLogsCommand::new));
        }
        return commands;
    }
}
