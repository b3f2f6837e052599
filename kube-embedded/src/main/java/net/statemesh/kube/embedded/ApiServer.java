// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLException;
import net.statemesh.kube.embedded.authn.Authentication;
import net.statemesh.kube.embedded.authn.ClientCertificates;
import net.statemesh.kube.embedded.authn.ServiceAccountTokens;
import net.statemesh.kube.embedded.authn.TokenKey;
import net.statemesh.kube.embedded.authn.TokenRequests;
import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.authz.Escalation;
import net.statemesh.kube.embedded.authz.NodeAuthorizer;
import net.statemesh.kube.embedded.authz.NodeRestriction;
import net.statemesh.kube.embedded.authz.Rbac;
import net.statemesh.kube.embedded.crd.CustomRules;
import net.statemesh.kube.embedded.crd.CustomTypes;
import net.statemesh.kube.embedded.crd.DefinitionRules;
import net.statemesh.kube.embedded.crud.Admission;
import net.statemesh.kube.embedded.crud.Deleter;
import net.statemesh.kube.embedded.crud.Guard;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.crud.Validation;
import net.statemesh.kube.embedded.discovery.Discovery;
import net.statemesh.kube.embedded.discovery.Documents;
import net.statemesh.kube.embedded.discovery.OpenApi;
import net.statemesh.kube.embedded.expiry.EventExpiry;
import net.statemesh.kube.embedded.gc.Collector;
import net.statemesh.kube.embedded.http.HttpServer;
import net.statemesh.kube.embedded.http.ServerTls;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.pod.Binding;
import net.statemesh.kube.embedded.pod.Eviction;
import net.statemesh.kube.embedded.pod.ServiceAccountAdmission;
import net.statemesh.kube.embedded.proxy.KubeletConnector;
import net.statemesh.kube.embedded.proxy.PodLogs;
import net.statemesh.kube.embedded.proxy.PodStreams;
import net.statemesh.kube.embedded.quota.QuotaAdmission;
import net.statemesh.kube.embedded.quota.QuotaRules;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.rules.BuiltinRules;
import net.statemesh.kube.embedded.rules.KindRules;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.watch.Watches;

/** One machine's Kubernetes API server: in process, durable on local disk, over HTTPS. It is no cluster and does not become one. */
public final class ApiServer implements AutoCloseable {
    private final ObjectStore store;
    private final Watches watches;
    private final Collector collector;
    private final EventExpiry eventExpiry;
    private final HttpServer http;

    private ApiServer(
            ObjectStore store, Watches watches, Collector collector, EventExpiry eventExpiry, HttpServer http) {
        this.store = store;
        this.eventExpiry = eventExpiry;
        this.collector = collector;
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
        eventExpiry.close();
        collector.close();
        watches.close();
        http.close();
        store.close();
    }

    private static ApiServer start(ApiServerConfig config, ObjectStore store, InstantSource clock)
            throws IOException, GeneralSecurityException, InterruptedException {
        ResourceRegistry registry = registry(store);
        ObjectWriter writer = new ObjectWriter(store);
        Bootstrap bootstrap = new Bootstrap(registry, writer, clock);
        bootstrap.run();
        Deleter deleter = new Deleter(writer, clock);
        QuotaAdmission quotas = new QuotaAdmission(writer, registry.builtin("", "resourcequotas"));
        Collector collector = new Collector(registry, writer, deleter, clock, gone -> {
            if (gone.resource().equals("pods")) {
                quotas.recount(gone.namespace());
            }
        });
        Watches watches = new Watches(store);
        Rbac rbac = new Rbac(store);
        Authorizer authorizer = new NodeAuthorizer(store, rbac);
        ResourceService resources = new ResourceService(
                writer,
                validation(clock),
                new Admission(store, List.of(new ServiceAccountAdmission(store), quotas)),
                guard(new Escalation(rbac)),
                watches,
                deleter,
                registry.types().objectMeta(),
                clock);
        resources.afterCreate(object -> {
            switch (object.path("kind").asText()) {
                case "Namespace" -> bootstrap.defaultAccount(Meta.name(object));
                case "ResourceQuota" -> quotas.recount(Meta.namespace(object));
                default -> {}
            }
        });
        SecretKey tokenKey = TokenKey.loadOrCreate(config.dataDirectory().resolve("token.key"));
        ServiceAccountTokens tokens = new ServiceAccountTokens(tokenKey, store, clock);
        Binding binding = new Binding(writer, registry.builtin("", "pods"), clock);
        resources.register("pods/binding", binding);
        resources.register("pods/eviction", new Eviction(resources::delete));
        registerTokens(resources, new TokenRequests(tokens, store, clock));
        registerKubelets(resources, store, config);
        Api api = new Api(
                new Authentication(new ClientCertificates(config.clientCa(), clock), tokens),
                authorizer,
                registry,
                new Documents(new Discovery(registry), new OpenApi(registry), store::problems),
                resources,
                new Reviews(tokens, authorizer, rbac, binding));
        HttpServer http = new HttpServer(ServerTls.context(config.certificate(), config.key()), api);
        collector.start();
        EventExpiry eventExpiry = new EventExpiry(writer, clock);
        eventExpiry.start();
        for (String address : config.listen()) {
            http.listen(address(address));
        }
        return new ApiServer(store, watches, collector, eventExpiry, http);
    }

    /** Every kind, in step with the definitions that are stored. */
    private static ResourceRegistry registry(ObjectStore store) {
        ResourceRegistry registry = new ResourceRegistry();
        CustomTypes customTypes = new CustomTypes(registry);
        store.listAndSubscribe(
                CustomTypes.RESOURCE,
                "",
                present -> {
                    present.objects().forEach(each -> customTypes.present(each.tree()));
                    return true;
                },
                customTypes);
        return registry;
    }

    private static Guard guard(Escalation escalation) {
        return (call, before, after) -> {
            NodeRestriction.check(call, before, after);
            if (after != null) {
                escalation.check(call, before, after);
            }
        };
    }

    private static void registerTokens(ResourceService resources, TokenRequests requests) {
        resources.register(
                "serviceaccounts/token",
                call -> call.exchange().json(201, requests.answer(call.key(), Body.object(call.http()))));
    }

    /** What is answered by the kubelet of a pod's node. */
    private static void registerKubelets(ResourceService resources, ObjectStore store, ApiServerConfig config)
            throws SSLException {
        KubeletConnector kubelets =
                new KubeletConnector(config.kubeletClientCertificate(), config.kubeletClientKey(), config.kubeletCa());
        PodStreams streams = new PodStreams(store, kubelets);
        List.of("exec", "attach", "portforward").forEach(name -> resources.register("pods/" + name, streams));
        resources.register("pods/log", new PodLogs(store, kubelets));
    }

    private static Validation validation(InstantSource clock) {
        Map<String, KindRules> elsewhere =
                Map.of(CustomTypes.RESOURCE, new DefinitionRules(clock), "resourcequotas", new QuotaRules());
        return new Validation(type -> type.isCustom()
                ? new CustomRules(type)
                : elsewhere.getOrDefault(type.id(), BuiltinRules.of(type.id())));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("listen: '" + text + "' is not host:port");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
