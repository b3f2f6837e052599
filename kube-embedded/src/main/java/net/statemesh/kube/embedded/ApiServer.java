// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.authn.Authentication;
import net.statemesh.kube.embedded.authn.ClientCertificates;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.crud.Admission;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.crud.Validation;
import net.statemesh.kube.embedded.discovery.Discovery;
import net.statemesh.kube.embedded.discovery.Documents;
import net.statemesh.kube.embedded.http.HttpServer;
import net.statemesh.kube.embedded.http.ServerTls;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.watch.Watches;

/** One machine's Kubernetes API server: in process, durable on local disk, over HTTPS. It is no cluster and does not become one. */
public final class ApiServer implements AutoCloseable {
    private final ObjectStore store;
    private final Watches watches;
    private final HttpServer http;

    private ApiServer(ObjectStore store, Watches watches, HttpServer http) {
        this.store = store;
        this.watches = watches;
        this.http = http;
    }

    /** Starts and listens. */
    public static ApiServer start(ApiServerConfig config) throws IOException {
        ObjectStore store = ObjectStore.open(config.dataDirectory());
        try {
            return start(config, store, InstantSource.system());
        } catch (GeneralSecurityException | InterruptedException e) {
            store.close();
            throw new IOException("API server cannot start: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Port of the first address it listens on. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        watches.close();
        http.close();
        store.close();
    }

    private static ApiServer start(ApiServerConfig config, ObjectStore store, InstantSource clock)
            throws IOException, GeneralSecurityException, InterruptedException {
        ResourceRegistry registry = new ResourceRegistry();
        ObjectWriter writer = new ObjectWriter(store);
        Watches watches = new Watches(store);
        ResourceService resources = new ResourceService(
                writer,
                new Validation(type -> new KindRules() {}),
                new Admission(store, List.of()),
                watches,
                registry.types().objectMeta(),
                clock,
                Map.of());
        Authorizer authorizer = (user, attributes) -> new Authorizer.Decision(user.inGroup(User.MASTERS), "");
        Api api = new Api(
                new Authentication(new ClientCertificates(config.clientCa(), clock)),
                authorizer,
                registry,
                new Documents(new Discovery(registry), List::of),
                resources,
                call -> {
                    throw ApiException.methodNotAllowed();
                });
        SslContext tls = ServerTls.context(config.certificate(), config.key());
        HttpServer http = new HttpServer(tls, api);
        ApiServer server = new ApiServer(store, watches, http);
        new Bootstrap(registry, writer, clock).run();
        for (String address : config.listen()) {
            http.listen(address(address));
        }
        return server;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("listen: '" + text + "' is not host:port");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
