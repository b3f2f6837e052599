// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.net.InetSocketAddress;
import net.statemesh.ingress.http1.Ascii;

/** What is the same for all requests of one client connection. */
final class ClientConnection {
    private final byte[] address;
    private final byte[] headers;

    /** @param port at which the client reached the router */
    ClientConnection(InetSocketAddress client, boolean secure, int port) {
        this.address = Ascii.bytes(client.getAddress().getHostAddress());
        this.headers = ForwardedHead.clientHeaders(client, secure, port);
    }

    /** For the access log. */
    byte[] address() {
        return address;
    }

    /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Port}. */
    byte[] headers() {
        return headers;
    }
}
