// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.zone.install.Change;
import net.statemesh.zone.install.Change.Action;

/**
 * What was done, or would be done, with a cluster.
 *
 * @param server URL of its API
 * @param version of Kubernetes, for example {@code v1.20.2}
 * @param done whether it has happened
 */
record ZoneChanges(String zone, String server, String version, boolean done, List<Change> changes) {
    /** Whether anything is different afterwards. */
    boolean any() {
        return changes.stream().anyMatch(change -> change.action() != Action.KEEP);
    }

    List<String> objects(Action action) {
        return changes.stream()
                .filter(change -> change.action() == action)
                .map(Change::object)
                .toList();
    }

    /** One line per object that is made, changed or removed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        changes.stream()
                .filter(change -> change.action() != Action.KEEP)
                .map(ZoneChanges::line)
                .forEach(lines::add);
        int kept = objects(Action.KEEP).size();
        if (kept > 0) {
            lines.add("  = " + kept + " objects stay as they are");
        }
        return lines;
    }

    private static String line(Change change) {
        return switch (change.action()) {
            case CREATE -> "  + " + change.object();
            case CHANGE -> "  ~ " + change.object() + ": " + String.join(", ", change.fields());
            case KEEP -> "  = " + change.object();
            case REMOVE -> "  - " + change.object();
            case REFUSE -> "  ! " + change.object();
        };
    }
}
