// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.tls;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.AsyncMapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import net.statemesh.api.Hostnames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.identity.Identity;
import net.statemesh.ingress.route.Routes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context for a server name. All names directly below the zone, names without a route, and no name at all get the zone's
 * wildcard certificate: tens of thousands of generated names cost one key, and a name that a client makes up costs none. Certificates are made and renewed away from the event loops.
 */
public final class SniContexts implements AsyncMapping<String, SslContext> {
    private static final Logger LOG = LoggerFactory.getLogger(SniContexts.class);
    /** Served until the zone is known; no client accepts it. */
    private static final String NO_ZONE = "zone-not-known-yet.invalid";

    private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);

    private record HostContext(SslContext context, Identity identity) {}

    private final HostCertificates certificates;
    private final Supplier<Routes> routes;
    private final SslProvider provider;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<String, HostContext> entries;

    /** @param executor for work that takes milliseconds; bounded */
    public SniContexts(
            HostCertificates certificates,
            Supplier<Routes> routes,
            SslProvider provider,
            Executor executor,
            int maxContexts,
            InstantSource clock) {
        this.certificates = certificates;
        this.routes = routes;
        this.provider = provider;
        this.executor = executor;
        this.clock = clock;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, HostContext> eldest) {
                return size() > maxContexts;
            }
        };
    }

    @Override
    public Future<SslContext> map(@Nullable String serverName, Promise<SslContext> promise) {
        List<String> names = names(serverName);
        HostContext entry = cached(names.getFirst());
        if (entry != null && isValid(entry)) {
            if (entry.identity.expiresSoon(clock.instant())) {
                renewLater(names);
            }
            return promise.setSuccess(entry.context);
        }
        try {
            executor.execute(() -> {
                try {
                    promise.setSuccess(make(names).context);
                } catch (RuntimeException | SSLException e) {
                    LOG.error("event=certificate-not-made host={} cause=\"{}\"", names.getFirst(), e.toString());
                    promise.tryFailure(e);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.setFailure(e);
        }
        return promise;
    }

    /** Names of the certificate for what a client asked for. */
    private List<String> names(@Nullable String serverName) {
        Routes now = routes.get();
        ZoneSettings zone = now.zone();
        String host = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
        if (!host.isEmpty() && !isUnderWildcard(host, zone) && now.table().find(host) != null) {
            return List.of(host);
        }
        return zone == null ? List.of(NO_ZONE) : List.of("*." + Hostnames.suffix(zone), Hostnames.suffix(zone));
    }

    /** A wildcard stands for one label (RFC 9525, 6.3). */
    private static boolean isUnderWildcard(String host, @Nullable ZoneSettings zone) {
        return zone != null
                && Hostnames.isInZone(host, zone)
                && host.indexOf('.') == host.length() - Hostnames.suffix(zone).length() - 1;
    }

    private @Nullable HostContext cached(String name) {
        synchronized (entries) {
            return entries.get(name);
        }
    }

    private boolean isValid(HostContext entry) {
        return clock.instant()
                .isBefore(entry.identity.certificate().getNotAfter().toInstant());
    }

    private void renewLater(List<String> names) {
        try {
            executor.execute(() -> {
                try {
                    make(names);
                } catch (RuntimeException | SSLException e) {
                    LOG.error("event=certificate-not-renewed host={} cause=\"{}\"", names.getFirst(), e.toString());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("event=renewal-put-off host={}", names.getFirst(), e);
        }
    }

    /** One at a time: whoever waited finds what the other made. */
    private synchronized HostContext make(List<String> names) throws SSLException {
        HostContext existing = cached(names.getFirst());
        if (existing != null && !existing.identity.expiresSoon(clock.instant())) {
            return existing;
        }
        Identity identity = certificates.get(names);
        HostContext made = new HostContext(context(identity), identity);
        synchronized (entries) {
            entries.put(names.getFirst(), made);
        }
        return made;
    }

    private SslContext context(Identity identity) throws SSLException {
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(provider)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .protocols("TLSv1.3", "TLSv1.2")
                .applicationProtocolConfig(ALPN)
                .build();
    }

    /** Whether handshakes are cheap enough for an event loop; else they run on an executor. */
    public boolean usesBoringSsl() {
        return provider == SslProvider.OPENSSL;
    }
}
