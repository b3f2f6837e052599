// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/** What can go wrong with certificates, keys and the files that hold them. */
public final class IdentityErrors {
    /** A certificate or key file is missing, unreadable or not PEM. */
    public static final ErrorCode UNREADABLE = new ErrorCode("SM-IDENTITY-001", ErrorKind.PLATFORM);
    /** A certificate or key file could not be written. */
    public static final ErrorCode UNWRITABLE = new ErrorCode("SM-IDENTITY-002", ErrorKind.PLATFORM);
    /** Certificate and key do not belong together. */
    public static final ErrorCode MISMATCH = new ErrorCode("SM-IDENTITY-003", ErrorKind.PLATFORM);
    /** A certificate signing request is malformed or does not prove that its sender holds the key. */
    public static final ErrorCode BAD_REQUEST = new ErrorCode("SM-IDENTITY-004", ErrorKind.USER);
    /** The authority may not or cannot sign this. */
    public static final ErrorCode NOT_SIGNED = new ErrorCode("SM-IDENTITY-005", ErrorKind.PLATFORM);

    private IdentityErrors() {}

    static StateMeshException unreadable(Path file, String expected, @Nullable Throwable cause) {
        return new StateMeshException(
                UNREADABLE,
                "%s is not readable as %s".formatted(file, expected),
                evidence(cause),
                List.of("restore the file from a backup, or remove it together with its pair so that it is made anew"),
                cause);
    }

    static StateMeshException unwritable(Path file, Throwable cause) {
        return new StateMeshException(
                UNWRITABLE,
                "%s could not be written".formatted(file),
                evidence(cause),
                List.of("check free space and the owner of "
                        + file.toAbsolutePath().getParent()),
                cause);
    }

    static StateMeshException notSigned(String what, Throwable cause) {
        return new StateMeshException(NOT_SIGNED, what, evidence(cause), List.of(), cause);
    }

    static List<String> evidence(@Nullable Throwable cause) {
        return cause == null ? List.of() : List.of(String.valueOf(cause));
    }
}
