// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What can go wrong between a folder and an image in the registry. */
public final class ImageErrors {
    /** A path inside the image, a reference or a setting of the image is malformed. */
    public static final ErrorCode INVALID = new ErrorCode("SM-IMAGE-001", ErrorKind.USER);
    /** The folder cannot be packed: missing, no index.html, escaping link, unreadable or changing files. */
    public static final ErrorCode FOLDER = new ErrorCode("SM-IMAGE-002", ErrorKind.USER);
    /** More files or bytes than an image may have. */
    public static final ErrorCode TOO_LARGE = new ErrorCode("SM-IMAGE-003", ErrorKind.USER);
    /** A program that goes into an image or builds one is missing on this machine. */
    public static final ErrorCode PROGRAM_MISSING = new ErrorCode("SM-IMAGE-004", ErrorKind.USER);
    /** The Dockerfile did not build. */
    public static final ErrorCode BUILD_FAILED = new ErrorCode("SM-IMAGE-005", ErrorKind.USER);
    /** The registry did not answer. */
    public static final ErrorCode REGISTRY_UNREACHABLE = new ErrorCode("SM-IMAGE-010", ErrorKind.PLATFORM);
    /** The registry answered with an error. */
    public static final ErrorCode REGISTRY_REFUSED = new ErrorCode("SM-IMAGE-011", ErrorKind.PLATFORM);
    /** The registry wants another identity. */
    public static final ErrorCode REGISTRY_DENIED = new ErrorCode("SM-IMAGE-012", ErrorKind.NOT_AUTHORISED);

    private ImageErrors() {}
}
