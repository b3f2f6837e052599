// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

/** Answers requests. */
public interface RequestService {
    /** Refuses, by an exception, a caller whose credentials are not accepted: asked on the event loop before a body is read. */
    void identify(ApiRequest head);

    /** Called on a thread that may block. */
    void serve(ApiRequest request, Exchange exchange);
}
