// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Table;

/** Shows replicas while they change: a block that is redrawn on a terminal, one line per change elsewhere. */
final class ReplicaLines {
    private static final int MAX_LIVE = 20;

    private final Console console;
    private final Map<String, String> shown = new HashMap<>();
    private int drawnLines;

    ReplicaLines(Console console) {
        this.console = console;
    }

    void show(List<ReplicaStatus> replicas) {
        if (replicas.isEmpty()) {
            return;
        }
        List<String> lines = lines(replicas);
        if (console.isLive()) {
            console.redraw(drawnLines, lines);
            drawnLines = lines.size();
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.equals(shown.put(replicas.get(i).name(), line))) {
                console.progress(line);
            }
        }
    }

    static List<String> lines(List<ReplicaStatus> replicas) {
        Table table = new Table("", "", "", "");
        replicas.stream()
                .limit(MAX_LIVE)
                .forEach(replica -> table.row(
                        "    " + replica.name(),
                        replica.node() == null ? "-" : replica.node(),
                        Words.of(replica.state()),
                        replica.reason() == null || replica.state() == ReplicaState.STOPPING ? "" : replica.reason()));
        List<String> all = table.lines(Table.MAX_COLUMNS);
        return all.subList(1, all.size());
    }
}
