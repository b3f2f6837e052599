// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import net.statemesh.kube.embedded.request.ResourceCall;

/** Answers kinds that are not stored: reviews and bindings. */
@FunctionalInterface
interface Reviews {
    void serve(ResourceCall call);
}
