// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

/** An action did not succeed, for a reason that the pod's status shows. */
final class ActionFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    ActionFailed(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
