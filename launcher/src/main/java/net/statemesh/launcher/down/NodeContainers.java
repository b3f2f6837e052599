// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.util.List;
import net.statemesh.launcher.folder.ZoneFolder;

/** What customers run on the nodes of a zone. */
final class NodeContainers {
    private NodeContainers() {}

    /** Asks every container to end, and waits for its grace period. */
    static void stopAll(ZoneFolder folder, List<String> nodes) {}
}
