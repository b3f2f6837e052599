// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.launcher.component.NodeFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.supervisor.Listening;
import net.statemesh.node.pod.PodShutdown;

/** What customers run on the nodes of a zone. Its agents have ended before, so that nothing is started again. */
final class NodeContainers {
    private static final Logger LOG = Logger.getLogger(NodeContainers.class.getName());

    private NodeContainers() {}

    /** Asks every container to end, on all nodes at once, and waits for each as long as its pod wants, at most {@code longest}. */
    static void stopAll(ZoneFolder folder, List<String> nodes, Duration longest) {
        List<Thread> stopping = new ArrayList<>();
        for (String node : nodes) {
            stopping.add(Thread.ofVirtual().name("stop-" + node).start(() -> stop(folder, node, longest)));
        }
        try {
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            stopping.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(ZoneFolder folder, String node, Duration longest) {
        if (!Listening.at(folder.containerdSocket(node).toString())) {
            return;
        }
        try {
            PodShutdown.run(folder.containerdSocket(node), NodeFiles.agentState(folder, node), longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "node=" + node + " event=containers-not-asked-to-end", e);
        }
    }
}
