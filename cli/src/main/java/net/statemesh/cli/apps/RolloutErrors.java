// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import net.statemesh.api.Reason;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** Why a change of an application did not come to serve. */
public final class RolloutErrors {
    public static final ErrorCode IMAGE_PULL_FAILED = new ErrorCode("SM-ROLLOUT-001", ErrorKind.PLATFORM);
    public static final ErrorCode CRASHED = new ErrorCode("SM-ROLLOUT-002", ErrorKind.PLATFORM);
    public static final ErrorCode PORT_NOT_LISTENING = new ErrorCode("SM-ROLLOUT-003", ErrorKind.PLATFORM);
    public static final ErrorCode NO_CAPACITY = new ErrorCode("SM-ROLLOUT-004", ErrorKind.PLATFORM);
    public static final ErrorCode QUOTA_EXCEEDED = new ErrorCode("SM-ROLLOUT-005", ErrorKind.USER);
    public static final ErrorCode SECRET_MISSING = new ErrorCode("SM-ROLLOUT-006", ErrorKind.USER);
    public static final ErrorCode HOST_TAKEN = new ErrorCode("SM-ROLLOUT-007", ErrorKind.USER);
    public static final ErrorCode NOT_ACCEPTED = new ErrorCode("SM-ROLLOUT-008", ErrorKind.USER);
    public static final ErrorCode OUT_OF_MEMORY = new ErrorCode("SM-ROLLOUT-009", ErrorKind.PLATFORM);
    public static final ErrorCode NOT_STARTED = new ErrorCode("SM-ROLLOUT-010", ErrorKind.PLATFORM);
    public static final ErrorCode FAILED = new ErrorCode("SM-ROLLOUT-011", ErrorKind.PLATFORM);
    /** Somebody deleted the application meanwhile. */
    public static final ErrorCode GONE = new ErrorCode("SM-ROLLOUT-012", ErrorKind.USER);
    /** There is no such release to go back to. */
    public static final ErrorCode NO_RELEASE = new ErrorCode("SM-ROLLOUT-013", ErrorKind.USER);
    /** It runs, but its probe fails. */
    public static final ErrorCode NOT_READY = new ErrorCode("SM-ROLLOUT-014", ErrorKind.PLATFORM);
    /** Its project may not have so high a priority. */
    public static final ErrorCode PRIORITY_NOT_ALLOWED = new ErrorCode("SM-ROLLOUT-015", ErrorKind.USER);
    /** Not within the time given. */
    public static final ErrorCode TIMEOUT = new ErrorCode("SM-ROLLOUT-020", ErrorKind.TIMEOUT);

    private RolloutErrors() {}

    /** The code for a reason that waiting does not cure; FAILED for a reason that has none of its own. */
    static ErrorCode forReason(String reason) {
        return switch (reason) {
            case Reason.IMAGE_PULL_FAILED -> IMAGE_PULL_FAILED;
            case Reason.CRASH_LOOPING -> CRASHED;
            case Reason.PORT_NOT_LISTENING -> PORT_NOT_LISTENING;
            case Reason.UNSCHEDULABLE -> NO_CAPACITY;
            case Reason.QUOTA_EXCEEDED -> QUOTA_EXCEEDED;
            case Reason.SECRET_MISSING -> SECRET_MISSING;
            case Reason.HOST_TAKEN -> HOST_TAKEN;
            case Reason.PRIORITY_NOT_ALLOWED -> PRIORITY_NOT_ALLOWED;
            case Reason.INVALID -> NOT_ACCEPTED;
            case Reason.OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case Reason.CONTAINER_NOT_STARTED -> NOT_STARTED;
            case Reason.PROBE_FAILED, Reason.DEADLINE_EXCEEDED -> NOT_READY;
            default -> FAILED;
        };
    }
}
