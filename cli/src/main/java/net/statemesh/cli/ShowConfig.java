// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.cli.ZoneContext.Setting;
import net.statemesh.cli.output.Table;
import picocli.CommandLine.ParseResult;

/** {@code --show-config}: every setting, its value, and where it comes from. */
final class ShowConfig {
    private ShowConfig() {}

    static int print(Session session, ParseResult parsed) {
        ZoneContext context = session.context();
        Table table = new Table("SETTING", "VALUE", "FROM");
        Setting data = context.data().orElse(new Setting("-", "nowhere; statemesh up makes a zone"));
        table.row("data", data.value(), data.source());
        if (context.data().isPresent()) {
            Path kubeconfig = context.zoneFolder().resolve("kubeconfig");
            table.row("kubeconfig", kubeconfig.toString(), Files.exists(kubeconfig) ? "data" : "data; it is not there");
        }
        String flag = projectFlag(parsed);
        Setting project = flag.isEmpty() ? context.project() : new Setting(flag, "--project");
        table.row("project", project.value(), project.source());
        table.lines(Integer.MAX_VALUE).forEach(session.console()::result);
        return 0;
    }

    private static String projectFlag(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf.matchedOptionValue("--project", "");
    }
}
