// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.statemesh.ingress.Limits;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.http1.ResponseHead;
import net.statemesh.ingress.route.Endpoint;
import net.statemesh.ingress.route.Routes;

/**
 * Everything one event loop owns: scratch space for parsing, connections to replicas, counters, deadlines. Touched by its own thread
 * only, so nothing in it is locked.
 */
public final class RouterLoop {
    private final EventLoop eventLoop;
    private final Limits limits;
    private final Supplier<Routes> routes;
    private final ReplicaStates replicas;
    private final Bootstrap backBootstrap;
    private final AccessLogBuffer accessLog;
    private final RequestIds requestIds;
    private final LoopMetrics metrics = new LoopMetrics();
    private final Swept.Roster roster = new Swept.Roster();
    private final Map<Endpoint, BackPool> pools = new HashMap<>();
    private final byte[] scratch;
    private final RequestHead requestHead;
    private final ResponseHead responseHead;
    private int tick;
    private boolean stopping;

    public RouterLoop(
            EventLoop eventLoop,
            Class<? extends Channel> channelType,
            Limits limits,
            Supplier<Routes> routes,
            ReplicaStates replicas,
            AccessLog accessLog,
            long seed) {
        this.eventLoop = eventLoop;
        this.limits = limits;
        this.routes = routes;
        this.replicas = replicas;
        this.backBootstrap = Http1Back.bootstrap(eventLoop, channelType, limits);
        this.accessLog = new AccessLogBuffer(accessLog);
        this.requestIds = new RequestIds(seed);
        this.scratch = new byte[limits.maxHeadBytes()];
        this.requestHead = new RequestHead(limits.maxHeaders());
        this.responseHead = new ResponseHead(limits.maxHeaders());
    }

    /** Looks at every deadline; called about once a second. */
    public void sweep(int newTick) {
        tick = newTick;
        roster.sweep(newTick);
        pools.values().removeIf(pool -> pool.hasEnded() && pool.isUnused());
        metrics.accessLogDropped = accessLog.flush();
    }

    /** Takes replicas that have ended out of use; requests that wait for one whose node is dead are dealt with at once. */
    public void end(List<Endpoint> ended) {
        boolean lost = false;
        for (Endpoint endpoint : ended) {
            BackPool pool = pools.get(endpoint);
            if (pool != null) {
                pool.end();
                lost |= isLost(endpoint);
            }
        }
        if (lost) {
            roster.sweep(tick);
        }
    }

    /** Whether the replica's node is dead. */
    boolean isLost(Endpoint endpoint) {
        return routes().lost().contains(endpoint);
    }

    /** Lets requests in flight finish and refuses to keep anything afterwards. */
    public void stop() {
        stopping = true;
        pools.values().forEach(BackPool::closeIdle);
        roster.sweep(tick);
        accessLog.flush();
    }

    /** Connections and requests under way. */
    public int busy() {
        return roster.size();
    }

    /** Connections to a replica that a route names. */
    BackPool pool(Endpoint endpoint) {
        BackPool pool = pools.get(endpoint);
        if (pool == null) {
            pool = new BackPool(this, endpoint);
            pools.put(endpoint, pool);
        } else if (pool.hasEnded()) {
            pool.revive();
        }
        return pool;
    }

    public LoopMetrics metricsCopy() {
        return metrics.copy();
    }

    List<BackPool> poolsCopy() {
        return new ArrayList<>(pools.values());
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    Limits limits() {
        return limits;
    }

    Routes routes() {
        return routes.get();
    }

    ReplicaStates replicas() {
        return replicas;
    }

    Bootstrap backBootstrap() {
        return backBootstrap.clone();
    }

    AccessLogBuffer accessLog() {
        return accessLog;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    LoopMetrics metrics() {
        return metrics;
    }

    Swept.Roster roster() {
        return roster;
    }

    byte[] scratch() {
        return scratch;
    }

    RequestHead requestHead() {
        return requestHead;
    }

    ResponseHead responseHead() {
        return responseHead;
    }

    int tick() {
        return tick;
    }

    boolean isStopping() {
        return stopping;
    }
}
