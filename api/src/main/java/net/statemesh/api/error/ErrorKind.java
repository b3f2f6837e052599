// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.error;

/** Who can repair it; decides the exit code of a command. */
public enum ErrorKind {
    /** The request is wrong: the user changes it. */
    USER(1),
    /** The platform failed: an operator looks at it. */
    PLATFORM(2),
    /** It may still happen, but not within the time given. */
    TIMEOUT(3),
    /** The caller may not do this. */
    NOT_AUTHORISED(4);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit code of a command that ends with such an error. */
    public int exitCode() {
        return exitCode;
    }
}
