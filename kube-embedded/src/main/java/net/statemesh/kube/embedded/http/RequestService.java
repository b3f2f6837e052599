// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

/** Answers requests; called on a thread that may block. */
@FunctionalInterface
public interface RequestService {
    void serve(ApiRequest request, Exchange exchange);
}
