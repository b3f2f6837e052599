// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.watch;

import net.statemesh.kube.embedded.http.Stream;
import net.statemesh.kube.embedded.request.ResourceCall;

/** The answer of a watch: a chunked body of one JSON document per line. */
final class WatchStream {
    private WatchStream() {}

    static Stream open(ResourceCall call) {
        return call.exchange().stream(200, "application/json");
    }
}
