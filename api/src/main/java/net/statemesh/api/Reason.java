// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Machine-readable reasons in conditions and events: why something is so, or why it ended. */
public final class Reason {
    // why an application serves, or does not
    public static final String ALL_REPLICAS_READY = "AllReplicasReady";
    public static final String WAITING_FOR_READINESS = "WaitingForReadiness";
    public static final String STOPPED_BY_USER = "StoppedByUser";
    public static final String INVALID = "Invalid";
    public static final String HOST_TAKEN = "HostTaken";
    public static final String SECRET_MISSING = "SecretMissing";
    public static final String IMAGE_PULL_FAILED = "ImagePullFailed";
    public static final String CRASH_LOOPING = "CrashLooping";
    public static final String PORT_NOT_LISTENING = "PortNotListening";
    public static final String PROBE_FAILED = "ProbeFailed";
    public static final String UNSCHEDULABLE = "Unschedulable";
    /** Less important replicas end to make room for it on a node. */
    public static final String MAKING_ROOM = "MakingRoom";

    public static final String QUOTA_EXCEEDED = "QuotaExceeded";
    /** Its priority is above what its project may have. */
    public static final String PRIORITY_NOT_ALLOWED = "PriorityNotAllowed";

    public static final String OUT_OF_MEMORY = "OutOfMemory";
    public static final String CONTAINER_NOT_STARTED = "ContainerNotStarted";

    // why a replica started or ended
    public static final String REPLICA_CREATED = "ReplicaCreated";
    public static final String REPLICA_NOT_CREATED = "ReplicaNotCreated";
    public static final String SCALED_DOWN = "ScaledDown";
    public static final String NEW_REVISION = "NewRevision";
    public static final String APPLICATION_STOPPED = "ApplicationStopped";
    public static final String APPLICATION_DELETED = "ApplicationDeleted";
    public static final String NODE_GONE = "NodeGone";
    public static final String NODE_SILENT = "NodeSilent";
    public static final String NODE_REPORTS = "NodeReports";
    public static final String NODE_LOST = "NodeLost";
    /** Nobody who was asked reaches anything of the node. */
    public static final String NODE_DEAD = "NodeDead";
    /** Others reach the node's agent, the master does not. */
    public static final String NODE_LINK_CUT = "NodeLinkCut";
    /** The node's machine answers, its agent does not. */
    public static final String NODE_AGENT_AWAY = "NodeAgentAway";

    public static final String NODE_RETURNED = "NodeReturned";
    /** What only one node may hold can be given to another: the node has certainly let go of it. */
    public static final String NODE_FENCED = "NodeFenced";
    /** So much of the zone went silent at once that no node is called dead. */
    public static final String VERDICTS_WITHHELD = "VerdictsWithheld";

    public static final String VERDICTS_RESUMED = "VerdictsResumed";
    /** Many replicas of dead nodes are replaced, and others go first. */
    public static final String REPLACEMENT_WAITS = "ReplacementWaits";

    public static final String REPLICA_FAILED = "ReplicaFailed";
    public static final String SCHEDULED = "Scheduled";
    /** Its room was taken for a replica of higher priority. */
    public static final String PREEMPTED = "Preempted";
    /** A gang found no room for all of its replicas for longer than it wants to wait. */
    public static final String GANG_TIMED_OUT = "GangTimedOut";
    /** Its node is drained. */
    public static final String NODE_DRAINED = "NodeDrained";

    // releases
    public static final String RELEASED = "Released";
    public static final String ROLLED_BACK = "RolledBack";
    public static final String DEADLINE_EXCEEDED = "DeadlineExceeded";

    // nodes
    public static final String CORDONED = "Cordoned";
    public static final String DRAINING = "Draining";
    public static final String DRAINED = "Drained";
    public static final String UNCORDONED = "Uncordoned";

    // projects
    public static final String READY = "Ready";
    public static final String DELETING = "Deleting";
    public static final String NAMESPACE_TAKEN = "NamespaceTaken";
    /** Network policies exist as objects, but nothing in the data path holds them yet. */
    public static final String DATAPATH_ABSENT = "DatapathAbsent";

    private Reason() {}
}
