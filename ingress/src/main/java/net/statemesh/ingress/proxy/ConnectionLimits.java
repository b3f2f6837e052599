// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.statemesh.ingress.Limits;

/** Counts client connections, in all of a listener and per client address. */
public final class ConnectionLimits {
    private static final int NETWORK_BYTES = 8;

    private final Limits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress;

    private ConnectionLimits(Limits limits, ConcurrentMap<InetAddress, Integer> byAddress) {
        this.limits = limits;
        this.byAddress = byAddress;
    }

    public static ConnectionLimits of(Limits limits) {
        return new ConnectionLimits(limits, new ConcurrentHashMap<>());
    }

    /** For another listener: its own total, the same count per address. */
    public ConnectionLimits forAnotherListener() {
        return new ConnectionLimits(limits, byAddress);
    }

    /** Whether one more is accepted from there; then {@link #leave} must follow. */
    boolean enter(InetAddress address) {
        if (all.incrementAndGet() > limits.maxConnections()) {
            all.decrementAndGet();
            return false;
        }
        if (byAddress.merge(network(address), 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
            leave(address);
            return false;
        }
        return true;
    }

    /** Whoever has one IPv6 address has its whole /64 (RFC 6177). */
    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    void leave(InetAddress address) {
        all.decrementAndGet();
        byAddress.computeIfPresent(network(address), (any, count) -> count == 1 ? null : count - 1);
    }
}
