// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Annotations that rooms agree on. */
public final class Annotations {
    private static final String PREFIX = ApiGroup.GROUP + "/";

    /** On events: who did it ({@code master}, {@code node-1}, a user). */
    public static final String ACTOR = PREFIX + "actor";
    /** On pods: the scheduler's last decision as compact JSON. */
    public static final String DECISION = PREFIX + "decision";
    /** On pods: the application's restart nonce that they were made for. */
    public static final String RESTART_NONCE = PREFIX + "restart-nonce";
    /** On pods: GPUs that it reserves; absent means none. */
    public static final String GPUS = PREFIX + "gpus";
    /** On pods of a gang: how many replicas get a node together or not at all. */
    public static final String GANG_SIZE = PREFIX + "gang-size";
    /** On pods of a gang: seconds until a gang without nodes is reported. */
    public static final String GANG_TIMEOUT_SECONDS = PREFIX + "gang-timeout-seconds";
    /** On nodes: who cordoned it and why, as the CLI wrote it. */
    public static final String CORDONED_BY = PREFIX + "cordoned-by";

    /** On nodes: who wants every replica moved away, as the CLI wrote it; absent: nobody. */
    public static final String DRAINED_BY = PREFIX + "drained-by";
    /** On pods: since when (RFC 3339) the replica gets no new requests, because it is about to be ended. */
    public static final String DRAINING_SINCE = PREFIX + "draining-since";
    /** On pods: what they were made for, as JSON of {@link net.statemesh.api.application.ReplicaPorts}. */
    public static final String PORTS = PREFIX + "ports";
    /** On applications: the user behind the last change of the spec, as the CLI knew him. */
    public static final String CHANGED_BY = PREFIX + "changed-by";

    /** On applications: {@code least-requests} balances by requests in flight; else replicas take turns. */
    public static final String BALANCING = PREFIX + "balancing";

    private Annotations() {}
}
