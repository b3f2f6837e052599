// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Labels that rooms agree on. Values are Kubernetes label values: at most 63 of {@code [A-Za-z0-9._-]}. */
public final class Labels {
    private static final String PREFIX = ApiGroup.GROUP + "/";

    /** On pods, namespaces and everything a project owns: name of the project. */
    public static final String PROJECT = PREFIX + "project";
    /** On pods: name of the application. */
    public static final String APPLICATION = PREFIX + "application";
    /** On pods: the application's id ({@code status.id}). */
    public static final String APPLICATION_ID = PREFIX + "application-id";
    /** On pods: hash of the pod-relevant part of the application's spec. */
    public static final String REVISION = PREFIX + "revision";
    /** On pods: {@link net.statemesh.api.application.Priority}; absent means Normal. */
    public static final String PRIORITY = PREFIX + "priority";
    /** On objects that a component of StateMesh made: the component. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** On nodes: {@code lite}, {@code virtual}, {@code bare-metal} or {@code datacenter}. */
    public static final String NODE_CLASS = PREFIX + "node-class";
    /** On nodes: {@code public} or {@code private}. */
    public static final String NODE_ADDRESS = PREFIX + "address";
    /** On nodes: {@code true} where virtual machines can be run by hardware. */
    public static final String NODE_VIRTUALISATION = PREFIX + "virtualisation";
    /** On nodes: number of GPUs; absent means none. */
    public static final String NODE_GPU = PREFIX + "gpu";
    /** On nodes: class of the data disk: {@code nvme}, {@code ssd} or {@code hdd}. */
    public static final String NODE_DISK = PREFIX + "disk";
    /** On nodes: one label per CPU feature, {@code cpu.statemesh.net/avx2=true}. */
    public static final String NODE_CPU_FEATURE_PREFIX = "cpu." + PREFIX;
    /** On nodes: who brought it; nodes of one operator can fail together. */
    public static final String OPERATOR = PREFIX + "operator";
    /** On nodes: the profile the operator offers ({@code HPC}, {@code GPU}, {@code CLOUD}, {@code EDGE}); absent means CLOUD. */
    public static final String NODE_PROFILE = PREFIX + "profile";
    /** On nodes: the only project that may use this node ({@code MYNODE}). */
    public static final String NODE_PROJECT = PREFIX + "only-project";

    public static final String REGION = "topology.kubernetes.io/region";
    public static final String ZONE = "topology.kubernetes.io/zone";
    public static final String HOSTNAME = "kubernetes.io/hostname";

    private Labels() {}
}
