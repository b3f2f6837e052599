// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;

/** Removes the data of a zone that was stopped. */
public final class Purge {
    /** Any of these shows that a folder is a zone's, so that a mistyped --data never removes something else. */
    private static final List<String> MARKS = List.of("zone.json", "pki", "run", "nodes");

    private Purge() {}

    /** {@link LauncherErrors#NOT_A_ZONE} unless the folder holds a zone, or what is left of one. */
    public static void requireZone(ZoneFolder folder) throws IOException {
        boolean marked =
                MARKS.stream().anyMatch(mark -> Files.exists(folder.root().resolve(mark)));
        if (!marked && Leftovers.network(folder).isEmpty()) {
            throw new StateMeshException(
                    LauncherErrors.NOT_A_ZONE,
                    folder.root() + " is not the folder of a zone.",
                    List.of("it holds none of " + String.join(", ", MARKS)),
                    List.of("name the zone's folder: --data DIR"));
        }
    }

    public static void run(ZoneFolder folder) throws IOException {
        Folders.deleteTree(folder.root());
    }
}
