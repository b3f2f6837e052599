// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** Every way in which starting, stopping or inspecting a zone on this machine can fail. */
public final class LauncherErrors {
    public static final ErrorCode NOT_ROOT = new ErrorCode("SM-UP-001", ErrorKind.NOT_AUTHORISED);
    public static final ErrorCode PACKAGES_MISSING = new ErrorCode("SM-UP-002", ErrorKind.USER);
    public static final ErrorCode PORT_TAKEN = new ErrorCode("SM-UP-003", ErrorKind.USER);
    public static final ErrorCode DISK_FULL = new ErrorCode("SM-UP-004", ErrorKind.USER);
    public static final ErrorCode BAD_OPTION = new ErrorCode("SM-UP-005", ErrorKind.USER);
    public static final ErrorCode NO_FREE_NETWORK = new ErrorCode("SM-UP-006", ErrorKind.PLATFORM);
    public static final ErrorCode KERNEL_LACKS = new ErrorCode("SM-UP-007", ErrorKind.PLATFORM);
    public static final ErrorCode ZONE_BUSY = new ErrorCode("SM-UP-008", ErrorKind.USER);
    public static final ErrorCode ZONE_DIFFERS = new ErrorCode("SM-UP-009", ErrorKind.USER);
    public static final ErrorCode COMPONENT_FAILS = new ErrorCode("SM-UP-010", ErrorKind.PLATFORM);
    public static final ErrorCode NOT_READY_IN_TIME = new ErrorCode("SM-UP-011", ErrorKind.TIMEOUT);
    public static final ErrorCode INSTALL_FAILED = new ErrorCode("SM-UP-012", ErrorKind.PLATFORM);
    public static final ErrorCode EXAMPLE_FAILED = new ErrorCode("SM-UP-013", ErrorKind.PLATFORM);
    public static final ErrorCode COMMAND_FAILED = new ErrorCode("SM-UP-014", ErrorKind.PLATFORM);
    public static final ErrorCode FILE_BROKEN = new ErrorCode("SM-ZONE-001", ErrorKind.PLATFORM);
    public static final ErrorCode NO_ZONE = new ErrorCode("SM-ZONE-002", ErrorKind.USER);
    public static final ErrorCode NO_COMPONENT = new ErrorCode("SM-ZONE-003", ErrorKind.USER);
    public static final ErrorCode NO_NODE = new ErrorCode("SM-ZONE-004", ErrorKind.USER);
    public static final ErrorCode NO_POWER = new ErrorCode("SM-ZONE-005", ErrorKind.USER);
    public static final ErrorCode NOT_CONFIRMED = new ErrorCode("SM-DOWN-001", ErrorKind.USER);
    public static final ErrorCode LEFT_BEHIND = new ErrorCode("SM-DOWN-002", ErrorKind.PLATFORM);
    public static final ErrorCode NOT_A_ZONE = new ErrorCode("SM-DOWN-003", ErrorKind.USER);

    /** No kubeconfig says which cluster is meant. */
    public static final ErrorCode NO_CLUSTER = new ErrorCode("SM-INSTALL-001", ErrorKind.USER);
    /** The cluster does not offer an API that a zone needs. */
    public static final ErrorCode API_MISSING = new ErrorCode("SM-INSTALL-002", ErrorKind.USER);
    /** Customers have projects or applications in the zone. */
    public static final ErrorCode ZONE_IN_USE = new ErrorCode("SM-INSTALL-003", ErrorKind.USER);
    /** Objects of the zone were not gone after the time given. */
    public static final ErrorCode NOT_GONE_IN_TIME = new ErrorCode("SM-INSTALL-004", ErrorKind.TIMEOUT);
    /** The cluster refused an object of the zone. */
    public static final ErrorCode INSTALL_REFUSED = new ErrorCode("SM-INSTALL-005", ErrorKind.PLATFORM);
    /** A setting of the zone cannot have this value. */
    public static final ErrorCode BAD_SETTING = new ErrorCode("SM-INSTALL-006", ErrorKind.USER);
    /** Objects of the same names are there that no zone install made. */
    public static final ErrorCode NOT_OURS = new ErrorCode("SM-INSTALL-007", ErrorKind.USER);
    /** The cluster does not know who asks, or does not let him do this. */
    public static final ErrorCode NOT_ADMINISTRATOR = new ErrorCode("SM-INSTALL-008", ErrorKind.NOT_AUTHORISED);
    /** The cluster does not answer. */
    public static final ErrorCode NO_ANSWER = new ErrorCode("SM-INSTALL-009", ErrorKind.PLATFORM);
    /** No zone is installed on the cluster. */
    public static final ErrorCode NOT_INSTALLED = new ErrorCode("SM-INSTALL-010", ErrorKind.USER);

    private LauncherErrors() {}
}
