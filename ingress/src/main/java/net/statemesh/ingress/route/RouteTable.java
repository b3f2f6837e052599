// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import net.statemesh.ingress.http1.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Hosts to routes, found by hashing the bytes of a request. Immutable: a change copies one of {@value #SHARDS} small shards and
 * shares the rest, so that it costs the same with ten routes and with forty thousand.
 */
public final class RouteTable {
    private static final int SHARDS = 1024;
    private static final int SHARD_SHIFT = 32 - Integer.numberOfTrailingZeros(SHARDS);
    private static final HostRoutes[] NO_HOSTS = new HostRoutes[0];

    public static final RouteTable EMPTY = new RouteTable(emptyShards(), 0);

    private final HostRoutes[][] shards;
    private final int size;

    private RouteTable(HostRoutes[][] shards, int size) {
        this.shards = shards;
        this.size = size;
    }

    private static HostRoutes[][] emptyShards() {
        HostRoutes[][] shards = new HostRoutes[SHARDS][];
        Arrays.fill(shards, NO_HOSTS);
        return shards;
    }

    /** Routes of the host {@code bytes[from, to)} in any case, without port; null when nobody has it. */
    public @Nullable HostRoutes find(byte[] bytes, int from, int to) {
        int hash = HostRoutes.hash(bytes, from, to);
        for (HostRoutes candidate : shards[hash >>> SHARD_SHIFT]) {
            if (candidate.isFor(hash, bytes, from, to)) {
                return candidate;
            }
        }
        return null;
    }

    public @Nullable HostRoutes find(String host) {
        byte[] bytes = Ascii.bytes(host);
        return find(bytes, 0, bytes.length);
    }

    /** What stands in the place of a route of before: the same path of the same application; null when it has none any more. */
    public @Nullable PathRoute current(PathRoute before) {
        HostRoutes host = find(before.host());
        if (host != null) {
            for (PathRoute route : host.routes()) {
                if (route.isPlaceOf(before)) {
                    return route;
                }
            }
        }
        return null;
    }

    /** Number of hosts. */
    public int size() {
        return size;
    }

    public List<HostRoutes> hosts() {
        List<HostRoutes> hosts = new ArrayList<>(size);
        for (HostRoutes[] shard : shards) {
            hosts.addAll(Arrays.asList(shard));
        }
        return hosts;
    }

    /** This table with some hosts replaced or added, and others without routes taken out. */
    RouteTable with(Collection<HostRoutes> changed, Collection<String> removed) {
        HostRoutes[][] copy = shards.clone();
        int newSize = size;
        for (HostRoutes host : changed) {
            newSize += put(copy, host);
        }
        for (String host : removed) {
            newSize -= remove(copy, host);
        }
        return new RouteTable(copy, newSize);
    }

    private static int put(HostRoutes[][] shards, HostRoutes host) {
        int index = host.hash() >>> SHARD_SHIFT;
        HostRoutes[] old = shards[index];
        for (int i = 0; i < old.length; i++) {
            if (old[i].host().equals(host.host())) {
                HostRoutes[] shard = old.clone();
                shard[i] = host;
                shards[index] = shard;
                return 0;
            }
        }
        HostRoutes[] shard = Arrays.copyOf(old, old.length + 1);
        shard[old.length] = host;
        shards[index] = shard;
        return 1;
    }

    private static int remove(HostRoutes[][] shards, String host) {
        byte[] bytes = Ascii.bytes(host);
        int index = HostRoutes.hash(bytes, 0, bytes.length) >>> SHARD_SHIFT;
        HostRoutes[] old = shards[index];
        shards[index] = Arrays.stream(old)
                .filter(candidate -> !candidate.host().equals(host))
                .toArray(HostRoutes[]::new);
        return old.length - shards[index].length;
    }
}
