// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What can go wrong on the command line itself. */
public final class CliErrors {
    /** Unknown command or option, missing or malformed argument. */
    public static final ErrorCode USAGE = new ErrorCode("SM-CLI-001", ErrorKind.USER);
    /** No zone is chosen, or its folder has no kubeconfig. */
    public static final ErrorCode NO_ZONE = new ErrorCode("SM-CLI-002", ErrorKind.USER);
    /** A configuration file or kubeconfig is malformed. */
    public static final ErrorCode CONFIGURATION = new ErrorCode("SM-CLI-003", ErrorKind.USER);
    /** A manifest is malformed or has a field that does not exist. */
    public static final ErrorCode MANIFEST = new ErrorCode("SM-CLI-004", ErrorKind.USER);
    /** A question needs an answer and nobody is there. */
    public static final ErrorCode NEEDS_ANSWER = new ErrorCode("SM-CLI-005", ErrorKind.USER);
    /** A file on this machine cannot be read or written. */
    public static final ErrorCode LOCAL_FILE = new ErrorCode("SM-CLI-006", ErrorKind.USER);
    /** A defect of StateMesh itself. */
    public static final ErrorCode UNEXPECTED = new ErrorCode("SM-CLI-099", ErrorKind.PLATFORM);

    private CliErrors() {}
}
