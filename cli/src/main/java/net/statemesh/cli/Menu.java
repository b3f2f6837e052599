// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static net.statemesh.cli.CommandEntry.group;
import static net.statemesh.cli.CommandEntry.leaf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.cli.apps.Copy;
import net.statemesh.cli.apps.Delete;
import net.statemesh.cli.apps.Deploy;
import net.statemesh.cli.apps.Exec;
import net.statemesh.cli.apps.Explain;
import net.statemesh.cli.apps.HistoryCommand;
import net.statemesh.cli.apps.InfoCommand;
import net.statemesh.cli.apps.Install;
import net.statemesh.cli.apps.ListApplications;
import net.statemesh.cli.apps.ListReleases;
import net.statemesh.cli.apps.LogsCommand;
import net.statemesh.cli.apps.Restart;
import net.statemesh.cli.apps.Rollback;
import net.statemesh.cli.apps.Scale;
import net.statemesh.cli.apps.Start;
import net.statemesh.cli.apps.Stop;
import net.statemesh.cli.apps.Terminal;
import net.statemesh.cli.completion.Completion;
import net.statemesh.cli.nodes.Cordon;
import net.statemesh.cli.nodes.Drain;
import net.statemesh.cli.nodes.ListNodes;
import net.statemesh.cli.nodes.NodeHistory;
import net.statemesh.cli.nodes.NodeInfo;
import net.statemesh.cli.nodes.Uncordon;
import net.statemesh.cli.projects.CreateProject;
import net.statemesh.cli.projects.DeleteProject;
import net.statemesh.cli.projects.ListProjects;
import net.statemesh.cli.projects.UseProject;
import net.statemesh.cli.vdf.VdfCommands;

/** Which commands there are. */
final class Menu {
    /** Verbs of {@code apps} that StateMesh's public command line knows without the noun. */
    private static final Set<String> SHORT_FORMS = Set.of(
            "deploy",
            "install",
            "list",
            "info",
            "logs",
            "scale",
            "start",
            "stop",
            "restart",
            "delete",
            "terminal",
            "copy");

    private static final CommandEntry.Group APPS = group(
            "apps",
            "Deploy applications and look after them.",
            leaf("deploy", "Create an application, or bring the one of that name to what is asked for.", Deploy::new),
            leaf("install", "Run an image of a registry as a new application.", Install::new),
            leaf("list", "List the applications of a project.", ListApplications::new),
            leaf("info", "Show replicas, nodes, conditions, addresses and events.", InfoCommand::new),
            leaf("logs", "Print the logs of all replicas, merged by time.", LogsCommand::new),
            leaf("explain", "Say why: why it serves or not, why here, why it restarted or ended.", Explain::new),
            leaf("history", "Say what happened in the last 30 days, why, and who did it.", HistoryCommand::new),
            leaf("scale", "Set how many replicas run.", Scale::new),
            leaf(
                    "releases",
                    "List what was deployed, what became of it, who did it and what changed.",
                    ListReleases::new),
            leaf("rollback", "Go back to an earlier release.", Rollback::new),
            leaf("restart", "Replace every replica by a new one.", Restart::new),
            leaf("stop", "End all replicas; name and address stay.", Stop::new),
            leaf("start", "Run a stopped application again.", Start::new),
            leaf("exec", "Run a command in a replica.", Exec::new),
            leaf("terminal", "Open an interactive shell in a replica.", Terminal::new),
            leaf("copy", "Copy files into a replica or out of it.", Copy::new),
            leaf("delete", "Delete applications with their replicas and addresses.", Delete::new));

    private static final CommandEntry.Group PROJECTS = group(
            "projects",
            "Separate applications, with owners and quotas.",
            leaf("list", "List projects; * marks the current one.", ListProjects::new),
            leaf("create", "Create a project, or change the one of that name.", CreateProject::new),
            leaf("use", "Make a project the current one.", UseProject::new),
            leaf("delete", "Delete a project and everything in it.", DeleteProject::new));

    private static final CommandEntry.Group NODES = group(
            "node",
            "Machines of the zone.",
            leaf("list", "List the nodes of the zone.", ListNodes::new),
            leaf("info", "Show class, capabilities, conditions and what runs there.", NodeInfo::new),
            leaf("history", "Say what happened to a node in the last 30 days, why, and who did it.", NodeHistory::new),
            leaf("cordon", "Let no new replicas onto a node; those that are there stay.", Cordon::new),
            leaf("uncordon", "Let replicas onto a node again.", Uncordon::new),
            leaf("drain", "Move every replica away from a node, replacements first.", Drain::new));

    private Menu() {}

    /** What this room offers and {@code more} of other rooms, which goes before short forms; groups of the same name become one. */
    static List<CommandEntry> with(List<CommandEntry> more) {
        Map<String, CommandEntry> all = new LinkedHashMap<>();
        for (List<CommandEntry> source : List.of(more, own())) {
            source.forEach(entry -> all.merge(entry.name(), entry, Menu::merged));
        }
        return List.copyOf(all.values());
    }

    private static List<CommandEntry> own() {
        List<CommandEntry> own = new ArrayList<>(List.of(
                APPS,
                PROJECTS,
                NODES,
                VdfCommands.group(),
                leaf("completion", "Print a completion script for bash, zsh or fish.", Completion::new)));
        for (CommandEntry verb : APPS.verbs()) {
            if (verb instanceof CommandEntry.Leaf leaf && SHORT_FORMS.contains(leaf.name())) {
                own.add(leaf.asShortForm());
            }
        }
        return own;
    }

    private static CommandEntry merged(CommandEntry first, CommandEntry second) {
        if (first instanceof CommandEntry.Group one && second instanceof CommandEntry.Group other) {
            List<CommandEntry> verbs = new ArrayList<>(other.verbs());
            verbs.addAll(one.verbs());
            return new CommandEntry.Group(other.name(), other.summary(), verbs);
        }
        return first;
    }
}
