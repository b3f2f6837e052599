// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import net.statemesh.api.Quantities;

/** Who the kernel ends first when the node runs out of memory, by the rules of Kubernetes. */
public final class OomScore {
    private static final long GUARANTEED = -997;
    private static final long MOST = 1_000;
    private static final long LEAST_BURSTABLE = 3;

    private OomScore() {}

    /** The more memory a container asked for beforehand, the safer it is. */
    public static long of(boolean guaranteed, Container container, Map<String, Quantity> capacity) {
        if (guaranteed) {
            return GUARANTEED;
        }
        var resources = container.getResources();
        long request = resources == null || resources.getRequests() == null
                ? 0
                : Quantities.bytes(resources.getRequests().get(Resources.MEMORY));
        if (request == 0) {
            return MOST;
        }
        long all = Math.max(1, Quantities.bytes(capacity.get(Resources.MEMORY)));
        return Math.clamp(MOST - MOST * request / all, LEAST_BURSTABLE, MOST - 1);
    }
}
