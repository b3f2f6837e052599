// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What can go wrong with a node that is looked after. */
public final class NodeErrors {
    /** Replicas are left on it after the time given. */
    public static final ErrorCode DRAIN_TIMEOUT = new ErrorCode("SM-DRAIN-001", ErrorKind.TIMEOUT);
    /** It was uncordoned while somebody waited for its drain. */
    public static final ErrorCode DRAIN_ENDED = new ErrorCode("SM-DRAIN-002", ErrorKind.USER);

    private NodeErrors() {}
}
