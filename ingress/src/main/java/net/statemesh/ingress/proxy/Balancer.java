// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import net.statemesh.ingress.route.Balancing;
import net.statemesh.ingress.route.Endpoint;
import net.statemesh.ingress.route.PathRoute;
import org.jspecify.annotations.Nullable;

/** Chooses the replica for a request: not one that was tried already or is lost, rather not one that could not be reached a moment ago. */
final class Balancer {
    private Balancer() {}

    /** @param tried replicas that this request has failed to reach; the first {@code triedCount} count */
    static @Nullable BackPool choose(RouterLoop loop, PathRoute route, @Nullable BackPool[] tried, int triedCount) {
        int count = route.endpointCount();
        int turn = route.nextTurn();
        BackPool best = null;
        for (int i = 0; i < count; i++) {
            Endpoint endpoint = route.endpoint(turn + i < count ? turn + i : turn + i - count);
            if (loop.isLost(endpoint)) {
                continue;
            }
            BackPool pool = loop.pool(endpoint);
            if (isAmong(tried, triedCount, pool)) {
                continue;
            }
            if (route.balancing() == Balancing.ROUND_ROBIN && !pool.isDown()) {
                return pool;
            }
            if (best == null || isBetter(pool, best, route.balancing())) {
                best = pool;
            }
        }
        return best;
    }

    private static boolean isBetter(BackPool pool, BackPool best, Balancing balancing) {
        if (pool.isDown() != best.isDown()) {
            return best.isDown();
        }
        return balancing == Balancing.LEAST_REQUESTS && pool.inFlightEverywhere() < best.inFlightEverywhere();
    }

    private static boolean isAmong(@Nullable BackPool[] tried, int triedCount, BackPool pool) {
        for (int i = 0; i < triedCount; i++) {
            if (tried[i] == pool) {
                return true;
            }
        }
        return false;
    }
}
