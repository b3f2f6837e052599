// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** The ways in which this room fails. */
public final class NodeErrors {
    /** The agent's configuration cannot be read or contradicts itself. */
    public static final ErrorCode CONFIGURATION = new ErrorCode("SM-NODE-001", ErrorKind.USER);
    /** A call to containerd failed. */
    public static final ErrorCode RUNTIME = new ErrorCode("SM-NODE-002", ErrorKind.PLATFORM);
    /** A call to containerd did not end in time. */
    public static final ErrorCode RUNTIME_TIMEOUT = new ErrorCode("SM-NODE-003", ErrorKind.TIMEOUT);
    /** A file or folder of the agent could not be written or read. */
    public static final ErrorCode STATE = new ErrorCode("SM-NODE-004", ErrorKind.PLATFORM);
    /** The pod asks for something that this node does not give. */
    public static final ErrorCode POD_REFUSED = new ErrorCode("SM-NODE-005", ErrorKind.USER);
    /** The pod refers to a Secret, ConfigMap or key that is not there. */
    public static final ErrorCode REFERENCE_MISSING = new ErrorCode("SM-NODE-006", ErrorKind.USER);
    /** The network of the node could not be set up. */
    public static final ErrorCode NETWORK = new ErrorCode("SM-NODE-007", ErrorKind.PLATFORM);
    /** The agent's own HTTPS server could not start. */
    public static final ErrorCode SERVER = new ErrorCode("SM-NODE-008", ErrorKind.PLATFORM);

    private NodeErrors() {}
}
