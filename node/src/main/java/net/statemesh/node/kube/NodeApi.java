// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.statemesh.api.health.HealthDocument;

/**
 * What an agent asks of the Kubernetes API. Calls block; while the API is away they fail with the client's own exception, and the
 * caller tries again later. Watches come back by themselves.
 */
public interface NodeApi extends AutoCloseable {
    /** Follows the pods bound to this node for as long as this API is open. */
    void followPods(PodListener listener);

    /** Follows all nodes; the listener receives the whole set after each change. */
    void followNodes(NodesListener listener);

    /** Follows this node's part in the health protocol. */
    void followHealth(Consumer<HealthDocument> listener);

    /** Creates the Node, or merges labels and annotations into the one that is there; answers it. */
    Node register(Node node);

    void patchNodeStatus(Node node);

    void renewLease(LeaseSpec lease);

    /** False when the pod is gone. */
    boolean patchPodStatus(Pod pod, PodStatus status);

    /** Lets the API forget a pod of which nothing runs any more; harmless when it is gone. */
    void finishDeletion(Pod pod);

    Optional<Map<String, byte[]>> configMap(String namespace, String name);

    Optional<Map<String, byte[]>> secret(String namespace, String name);

    /** Creates an event. */
    void record(Event event);

    /** An event that was created has happened again; {@code lastTimestamp} as in the event. False when it has expired. */
    boolean countUp(String namespace, String event, int count, String lastTimestamp);

    @Override
    void close();

    /** Receives what changes about the pods of this node, one call at a time. */
    interface PodListener {
        /** A pod appeared or changed. */
        void changed(Pod pod);

        /** The API confirmed that this pod does not exist any more. */
        void gone(Pod pod);

        /** A list succeeded: these are all pods of the node. */
        void listed(List<Pod> all);
    }

    /** Receives all nodes of the zone. */
    interface NodesListener {
        void nodes(List<Node> all);
    }
}
