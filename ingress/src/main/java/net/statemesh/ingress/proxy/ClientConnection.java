// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import net.statemesh.ingress.http1.Ascii;

/** What is the same for all requests of one client connection. */
final class ClientConnection {
    private final byte[] address;
    private final byte[] headers;

    /** @param port at which the client reached the router */
    ClientConnection(InetSocketAddress client, boolean secure, int port) {
        String literal = literal(client.getAddress());
        this.address = Ascii.bytes(literal);
        this.headers = ForwardedHead.clientHeaders(literal, secure, port);
    }

    /** An IPv4 client of a socket for both families shows as IPv4. */
    private static String literal(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of an impossible length", e);
        }
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
