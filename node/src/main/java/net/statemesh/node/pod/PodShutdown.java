// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.CriChannel;
import net.statemesh.node.cri.CriRuntime;
import net.statemesh.node.state.Checkpoints;
import net.statemesh.node.state.PodPaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything that runs on a node whose agent has ended, because the whole machine stops: each container gets its image's stop
 * signal and the grace of its pod. Pods stay the node's, and start again with it.
 */
public final class PodShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(PodShutdown.class);

    private PodShutdown() {}

    /**
     * Returns when every container has ended, or could not be stopped.
     *
     * @param stateDirectory of the node's agent
     * @param longest what no grace goes beyond
     */
    public static void run(Path containerdSocket, Path stateDirectory, Duration longest) throws InterruptedException {
        Map<String, Duration> graces = new Checkpoints(new PodPaths(stateDirectory))
                .load().stream()
                        .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), PodPlan::podGrace));
        List<Thread> stopping = new ArrayList<>();
        try (CriChannel channel = CriChannel.open(containerdSocket)) {
            ContainerRuntime runtime = new CriRuntime(channel);
            for (String uid : runtime.list().keySet()) {
                Duration wanted = graces.getOrDefault(uid, longest);
                Duration grace = wanted.compareTo(longest) < 0 ? wanted : longest;
                for (ContainerView container : runtime.observe(uid).containers()) {
                    stopping.add(Thread.ofVirtual().start(() -> stop(runtime, container.id(), grace)));
                }
            }
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (StateMeshException e) {
            LOG.warn("containers not stopped by containerd: {}", e.sentence());
        }
    }

    private static void stop(ContainerRuntime runtime, String containerId, Duration grace) {
        try {
            runtime.stopContainer(containerId, grace);
        } catch (StateMeshException e) {
            LOG.warn("container={} not stopped: {}", containerId, e.sentence());
        }
    }
}
