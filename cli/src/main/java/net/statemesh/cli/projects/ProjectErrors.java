// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What can go wrong with a project. */
public final class ProjectErrors {
    /** It cannot be made ready, for example because its namespace belongs to something else. */
    public static final ErrorCode FAILED = new ErrorCode("SM-PROJECT-001", ErrorKind.USER);
    /** The master did not do it within the time given. */
    public static final ErrorCode TIMEOUT = new ErrorCode("SM-PROJECT-002", ErrorKind.TIMEOUT);
    /** There is no such project. */
    public static final ErrorCode UNKNOWN = new ErrorCode("SM-PROJECT-003", ErrorKind.USER);

    private ProjectErrors() {}
}
