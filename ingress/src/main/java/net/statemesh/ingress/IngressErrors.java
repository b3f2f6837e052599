// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What keeps a router from starting. What goes wrong with single requests is in {@link net.statemesh.ingress.proxy.Failure}. */
public final class IngressErrors {
    /** The configuration is malformed. */
    public static final ErrorCode BAD_CONFIG = new ErrorCode("SM-INGRESS-001", ErrorKind.USER);
    /** A port to listen on belongs to another process. */
    public static final ErrorCode PORT_TAKEN = new ErrorCode("SM-INGRESS-002", ErrorKind.USER);
    /** A listener could not be opened for another reason. */
    public static final ErrorCode NO_LISTENER = new ErrorCode("SM-INGRESS-003", ErrorKind.PLATFORM);
    /** State that must be kept on disk could not be written. */
    public static final ErrorCode NO_STATE = new ErrorCode("SM-INGRESS-004", ErrorKind.PLATFORM);

    private IngressErrors() {}
}
