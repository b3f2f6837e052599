// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.watch;

import net.statemesh.kube.embedded.http.Stream;
import net.statemesh.kube.embedded.request.ResourceCall;

/** The answer of a watch: one JSON document per line of a chunked body, or per WebSocket frame. */
final class WatchStream {
    private WatchStream() {}

    static Stream open(ResourceCall call) {
        boolean webSocket =
                !call.http().http2() && call.http().header("Upgrade").equalsIgnoreCase("websocket");
        return webSocket ? call.exchange().webSocket(call.http()) : call.exchange().stream(200, "application/json");
    }
}
