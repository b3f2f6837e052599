// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

/** Labels and annotations by which the agent finds its pods again in the runtime. */
public final class Labels {
    public static final String POD_UID = "io.kubernetes.pod.uid";
    public static final String POD_NAME = "io.kubernetes.pod.name";
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String CONTAINER_NAME = "io.kubernetes.container.name";
    /** Consecutive quick ends before this container: decides the delay before the next one. */
    public static final String RESTART_STEP = "statemesh.net/restart-step";

    private Labels() {}
}
