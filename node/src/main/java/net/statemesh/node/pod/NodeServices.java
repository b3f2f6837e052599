// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.util.Map;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.event.EventSink;
import net.statemesh.node.image.ImagePull;
import net.statemesh.node.kube.NodeApi;
import net.statemesh.node.probe.Prober;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.usage.PodCgroups;
import net.statemesh.node.volume.Volumes;

/**
 * What the workers of all pods share.
 *
 * @param hostIp address of this node
 * @param capacity what the node has, for the downward API and for OOM scores
 * @param known what the API said about ConfigMaps and Secrets
 */
public record NodeServices(
        NodeApi api,
        ContainerRuntime runtime,
        PodPaths paths,
        PodCgroups cgroups,
        Volumes volumes,
        ImagePull images,
        Prober prober,
        EventSink events,
        Clock clock,
        String hostIp,
        Map<String, Quantity> capacity,
        KnownReferences known) {
    public NodeServices(
            NodeApi api,
            ContainerRuntime runtime,
            PodPaths paths,
            PodCgroups cgroups,
            Volumes volumes,
            ImagePull images,
            Prober prober,
            EventSink events,
            Clock clock,
            String hostIp,
            Map<String, Quantity> capacity) {
        this(
                api,
                runtime,
                paths,
                cgroups,
                volumes,
                images,
                prober,
                events,
                clock,
                hostIp,
                capacity,
                new KnownReferences());
    }
}
