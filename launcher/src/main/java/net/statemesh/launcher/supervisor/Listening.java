// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Whether something accepts connections at an address. */
public final class Listening {
    private static final int TIMEOUT_MILLIS = 500;

    private Listening() {}

    /**
     * Tries to connect.
     *
     * @param address path of a Unix socket, or host:port
     */
    public static boolean at(String address) {
        try {
            if (address.startsWith("/")) {
                SocketChannel.open(UnixDomainSocketAddress.of(address)).close();
            } else {
                int colon = address.lastIndexOf(':');
                try (Socket socket = new Socket()) {
                    socket.connect(
                            new InetSocketAddress(
                                    address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                            TIMEOUT_MILLIS);
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
