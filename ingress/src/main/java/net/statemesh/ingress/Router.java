// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.ingress.admin.AdminServer;
import net.statemesh.ingress.proxy.AccessLog;
import net.statemesh.ingress.proxy.ConnectionLimits;
import net.statemesh.ingress.proxy.FrontInitializer;
import net.statemesh.ingress.proxy.ReplicaStates;
import net.statemesh.ingress.proxy.RouterLoop;
import net.statemesh.ingress.route.KubernetesRoutes;
import net.statemesh.ingress.route.LiveRoutes;
import net.statemesh.ingress.route.RouteStore;
import net.statemesh.ingress.tls.HostCertificates;
import net.statemesh.ingress.tls.SniContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingress router: HTTPS by host and path to the ready replicas of applications. Serves at once with the routes of its last run,
 * and goes on with the last good ones whenever the API is away.
 */
public final class Router implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final int MAX_WAITING_HANDSHAKES = 4096;
    private static final int HANDSHAKE_THREADS = 2;
    private static final int CLOSE_GRACE_MILLIS = 5000;
    private static final int CLOSE_POLL_MILLIS = 20;

    private final RouterEnvironment environment;
    private final LiveRoutes routes = new LiveRoutes();
    private final RouteStore store;
    private final AccessLog accessLog;
    private final EventLoopGroup group;
    private final Map<EventLoop, RouterLoop> loops = new HashMap<>();
    private final ThreadPoolExecutor slowWork;
    private final Listeners listeners;
    private final List<InetSocketAddress> httpsAddresses = new ArrayList<>();
    private final List<InetSocketAddress> httpAddresses = new ArrayList<>();
    private final List<InetSocketAddress> plainAddresses = new ArrayList<>();
    private final long startNanos;
    private @Nullable KubernetesClient client;
    private @Nullable KubernetesRoutes watch;
    private @Nullable AdminServer admin;
    private @Nullable Future<?> sweeping;

    private Router(RouterConfig config, RouterEnvironment environment) {
        this.environment = environment;
        startNanos = environment.nanoTime().getAsLong();
        store = new RouteStore(config.stateDirectory().resolve("routes.json"), routes);
        accessLog = new AccessLog(config.accessLog(), config.limits().accessLogBytes(), environment.clock());
        Natives natives = environment.natives();
        group = new MultiThreadIoEventLoopGroup(config.loopCount(), natives.io());
        ReplicaStates replicas = new ReplicaStates();
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            loops.put(
                    loop,
                    new RouterLoop(
                            loop,
                            natives.backType(),
                            config.limits(),
                            routes,
                            replicas,
                            accessLog,
                            environment.random().nextLong()));
        }
        slowWork = new ThreadPoolExecutor(
                HANDSHAKE_THREADS,
                HANDSHAKE_THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING_HANDSHAKES),
                Thread.ofPlatform().daemon().name("handshake-", 0).factory());
        slowWork.allowCoreThreadTimeOut(true);
        listeners = new Listeners(group, natives.frontType());
        routes.onEnded(ended -> loops.values().forEach(loop -> loop.eventLoop().execute(() -> loop.end(ended))));
    }

    /** Starts a router; when that fails nothing is left open. */
    public static Router start(RouterConfig config) {
        return start(config, RouterEnvironment.real());
    }

    static Router start(RouterConfig config, RouterEnvironment environment) {
        Router router = new Router(config, environment);
        try {
            router.open(config);
            return router;
        } catch (RuntimeException e) {
            router.close();
            throw e;
        }
    }

    private void open(RouterConfig config) {
        CertificateAuthority authority = CertificateAuthority.load(
                config.publicCaCertificate(), config.publicCaKey(), environment.clock(), environment.random());
        int maxCertificates = config.limits().maxCertificates();
        HostCertificates certificates = new HostCertificates(
                authority, config.stateDirectory().resolve("certificates"), maxCertificates, environment.clock());
        SniContexts contexts = new SniContexts(
                certificates,
                routes,
                environment.natives().boringSsl() ? SslProvider.OPENSSL : SslProvider.JDK,
                slowWork,
                maxCertificates,
                environment.clock());
        store.restore();
        ConnectionLimits limits = ConnectionLimits.of(config.limits());
        for (String address : config.httpsListen()) {
            FrontInitializer https = FrontInitializer.https(loops, limits.forAnotherListener(), contexts, slowWork);
            httpsAddresses.add(listeners.open(ListenAddress.parse(address), https));
        }
        for (String address : config.httpListen()) {
            FrontInitializer http = FrontInitializer.redirecting(loops, limits.forAnotherListener());
            httpAddresses.add(listeners.open(ListenAddress.parse(address), http));
        }
        for (String address : config.plainListen()) {
            FrontInitializer plain = FrontInitializer.plain(loops, limits.forAnotherListener());
            plainAddresses.add(listeners.open(ListenAddress.parse(address), plain));
        }
        if (environment.watches()) {
            Config access = Config.fromKubeconfig(config.kubeconfig().toFile());
            // the client takes PKCS #8 keys for RSA unless told
            access.setClientKeyAlgo("EC");
            client = new KubernetesClientBuilder().withConfig(access).build();
            watch = new KubernetesRoutes(client, routes);
            watch.start();
        }
        String adminListen = config.adminListen() == null ? "127.0.0.1:0" : config.adminListen();
        admin = AdminServer.start(ListenAddress.parse(adminListen), routes, watch, List.copyOf(loops.values()));
        if (environment.sweepsItself()) {
            sweeping = group.next().scheduleAtFixedRate(this::sweepSafely, 1, 1, TimeUnit.SECONDS);
        }
        LOG.info("event=router-started https={} http={} admin={}", httpsAddresses, httpAddresses, admin.address());
    }

    /** The scheduler would drop a task that throws, and with it every timeout. */
    private void sweepSafely() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.error("event=sweep-failed", e);
        }
    }

    /** Looks at every deadline and writes what has changed; once a second. */
    void sweep() {
        int tick = (int) TimeUnit.NANOSECONDS.toSeconds(environment.nanoTime().getAsLong() - startNanos);
        loops.values().forEach(loop -> loop.eventLoop().execute(() -> loop.sweep(tick)));
        if (store.isStale() && slowWork.getQueue().isEmpty()) {
            slowWork.execute(store::save);
        }
    }

    /** Waits until every event loop has done what it was asked so far. */
    void settle() {
        loops.keySet().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    }

    LiveRoutes routes() {
        return routes;
    }

    /** Where HTTPS is answered, in the order of the configuration. */
    public List<InetSocketAddress> httpsAddresses() {
        return List.copyOf(httpsAddresses);
    }

    public List<InetSocketAddress> httpAddresses() {
        return List.copyOf(httpAddresses);
    }

    /** Where plain HTTP is answered without a redirect. */
    public List<InetSocketAddress> plainAddresses() {
        return List.copyOf(plainAddresses);
    }

    /** Where {@code /livez}, {@code /readyz} and {@code /metrics} are answered. */
    public InetSocketAddress adminAddress() {
        return java.util.Objects.requireNonNull(admin, "started").address();
    }

    /** Stops accepting, lets requests in flight finish for {@value #CLOSE_GRACE_MILLIS} ms, saves the routes. */
    @Override
    public void close() {
        listeners.close();
        if (sweeping != null) {
            sweeping.cancel(false);
        }
        if (watch != null) {
            watch.close();
        }
        if (client != null) {
            client.close();
        }
        loops.values().forEach(loop -> loop.eventLoop().execute(loop::stop));
        awaitQuiet();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        slowWork.close();
        store.save();
        accessLog.close();
        if (admin != null) {
            admin.close();
        }
    }

    private void awaitQuiet() {
        for (RouterLoop loop : loops.values()) {
            for (int waited = 0; waited < CLOSE_GRACE_MILLIS; waited += CLOSE_POLL_MILLIS) {
                int busy = loop.eventLoop()
                        .submit(loop::busy)
                        .syncUninterruptibly()
                        .getNow();
                if (busy == 0) {
                    break;
                }
                try {
                    loop.eventLoop().awaitTermination(CLOSE_POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
