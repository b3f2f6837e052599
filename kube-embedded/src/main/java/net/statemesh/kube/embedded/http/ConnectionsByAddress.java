// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;

/** Counts open connections by where they come from. */
final class ConnectionsByAddress {
    private final int max;
    private final ConcurrentHashMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

    ConnectionsByAddress(int max) {
        this.max = max;
    }

    /** Counts a connection until it is closed; false when its address has too many. */
    boolean enter(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress from)) {
            return true;
        }
        InetAddress address = from.getAddress();
        int count = open.merge(address, 1, Integer::sum);
        channel.closeFuture()
                .addListener(closed -> open.computeIfPresent(address, (a, have) -> have == 1 ? null : have - 1));
        return count <= max;
    }
}
