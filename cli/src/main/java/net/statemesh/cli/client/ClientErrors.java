// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What an API server may answer, or why it does not. */
public final class ClientErrors {
    /** The API server does not answer. */
    public static final ErrorCode UNREACHABLE = new ErrorCode("SM-CLIENT-001", ErrorKind.PLATFORM);
    /** The API server does not know who asks: no, wrong or expired credentials. */
    public static final ErrorCode NOT_AUTHENTICATED = new ErrorCode("SM-CLIENT-002", ErrorKind.NOT_AUTHORISED);
    /** The one who asks may not do this. */
    public static final ErrorCode FORBIDDEN = new ErrorCode("SM-CLIENT-003", ErrorKind.NOT_AUTHORISED);
    /** There is no such object. */
    public static final ErrorCode NOT_FOUND = new ErrorCode("SM-CLIENT-004", ErrorKind.USER);
    /** The object exists already, or changed meanwhile. */
    public static final ErrorCode CONFLICT = new ErrorCode("SM-CLIENT-005", ErrorKind.USER);
    /** The object cannot be accepted as it is. */
    public static final ErrorCode INVALID = new ErrorCode("SM-CLIENT-006", ErrorKind.USER);
    /** The API server failed. */
    public static final ErrorCode SERVER = new ErrorCode("SM-CLIENT-007", ErrorKind.PLATFORM);
    /** The API server's certificate is not one that the kubeconfig trusts, or it refused ours. */
    public static final ErrorCode TLS = new ErrorCode("SM-CLIENT-008", ErrorKind.NOT_AUTHORISED);
    /** The API server does not know StateMesh. */
    public static final ErrorCode NOT_INSTALLED = new ErrorCode("SM-CLIENT-009", ErrorKind.USER);
    /** The kubeconfig cannot be used. */
    public static final ErrorCode KUBECONFIG = new ErrorCode("SM-CLIENT-010", ErrorKind.USER);

    private ClientErrors() {}
}
