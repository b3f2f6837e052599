// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.url;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** Why an application is not reached at its URL. */
public final class UrlErrors {
    /** Replicas are ready, and requests to the URL do not get to them. */
    public static final ErrorCode NOT_ROUTED = new ErrorCode("SM-URL-001", ErrorKind.TIMEOUT);

    private UrlErrors() {}
}
