// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.statemesh.api.SystemNames;
import net.statemesh.api.health.HealthDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link NodeApi} with the node's own client certificate, from its kubeconfig. */
public final class KubernetesApi implements NodeApi {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesApi.class);
    private static final String LEASES = "kube-node-lease";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int RECONNECT_MILLIS = 500;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final String nodeName;
    private final KubernetesClient client;
    private final List<SharedIndexInformer<?>> informers = new CopyOnWriteArrayList<>();

    private KubernetesApi(String nodeName, KubernetesClient client) {
        this.nodeName = nodeName;
        this.client = client;
    }

    /** Reads the kubeconfig; does not connect yet. */
    public static KubernetesApi open(String nodeName, Path kubeconfig) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(new File(kubeconfig.toString())))
                // the key is PKCS #8, from which the client does not tell the algorithm
                .withClientKeyAlgo("EC")
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withWatchReconnectInterval(RECONNECT_MILLIS)
                .withRequestRetryBackoffLimit(1)
                .withUserAgent("statemesh-node/" + nodeName)
                .build();
        return new KubernetesApi(
                nodeName, new KubernetesClientBuilder().withConfig(config).build());
    }

    @Override
    public void followPods(PodListener listener) {
        SharedIndexInformer<Pod> informer = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", nodeName)
                .runnableInformer(0);
        informer.addEventHandler(new Handler<>(listener::changed, listener::gone));
        follow(informer, () -> listener.listed(informer.getStore().list()));
    }

    @Override
    public void followNodes(NodesListener listener) {
        SharedIndexInformer<Node> informer = client.nodes().runnableInformer(0);
        Runnable tell = () -> listener.nodes(informer.getStore().list());
        informer.addEventHandler(new Handler<>(_ -> tell.run(), _ -> tell.run()));
        follow(informer, tell);
    }

    @Override
    public void followHealth(Consumer<HealthDocument> listener) {
        SharedIndexInformer<Secret> informer = client.secrets()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(HealthDocument.secretName(nodeName))
                .runnableInformer(0);
        informer.addEventHandler(new Handler<>(secret -> health(secret).ifPresent(listener), _ -> {}));
        follow(informer, () -> {});
    }

    private Optional<HealthDocument> health(Secret secret) {
        byte[] document = decoded(secret.getData()).get(HealthDocument.KEY);
        try {
            return document == null
                    ? Optional.empty()
                    : Optional.of(new ObjectMapper().readValue(document, HealthDocument.class));
        } catch (IOException e) {
            LOG.error(
                    "node={} secret={} is not a health document",
                    nodeName,
                    secret.getMetadata().getName());
            return Optional.empty();
        }
    }

    private <T extends HasMetadata> void follow(SharedIndexInformer<T> informer, Runnable listed) {
        informers.add(informer);
        String kind = HasMetadata.getKind(informer.getApiTypeClass());
        informer.exceptionHandler((started, failure) -> {
            LOG.info(
                    "node={} watch={} state={} cause={}",
                    nodeName,
                    kind,
                    started ? "lost" : "waiting",
                    String.valueOf(failure));
            return true;
        });
        informer.start().whenComplete((_, failure) -> {
            if (failure == null) {
                listed.run();
            } else {
                LOG.error("node={} watch={} state=ended", nodeName, kind, failure);
            }
        });
    }

    @Override
    public Node register(Node node) {
        Resource<Node> resource = client.nodes().withName(nodeName);
        try {
            return client.resource(node).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            Node labels = new NodeBuilder()
                    .withNewMetadata()
                    .withName(nodeName)
                    .withLabels(node.getMetadata().getLabels())
                    .withAnnotations(node.getMetadata().getAnnotations())
                    .endMetadata()
                    .withSpec(node.getSpec())
                    .build();
            return resource.patch(MERGE, client.getKubernetesSerialization().asJson(labels));
        }
    }

    @Override
    public void patchNodeStatus(Node node) {
        String patch = client.getKubernetesSerialization().asJson(Map.of("status", node.getStatus()));
        client.nodes().withName(nodeName).subresource("status").patch(MERGE, patch);
    }

    @Override
    public void renewLease(LeaseSpec spec) {
        Resource<Lease> resource = client.leases().inNamespace(LEASES).withName(nodeName);
        try {
            resource.patch(MERGE, client.getKubernetesSerialization().asJson(Map.of("spec", spec)));
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
            client.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName(nodeName)
                            .withNamespace(LEASES)
                            .endMetadata()
                            .withSpec(spec)
                            .build())
                    .create();
        }
    }

    @Override
    public boolean patchPodStatus(Pod pod, PodStatus status) {
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(MERGE, StatusPatch.of(pod, status, client.getKubernetesSerialization()));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == CONFLICT || namesAnotherUid(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Where another object has taken the name, Kubernetes calls a patch that names the old uid invalid, not in conflict. */
    private static boolean namesAnotherUid(KubernetesClientException e) {
        return e.getStatus() != null
                && e.getStatus().getDetails() != null
                && e.getStatus().getDetails().getCauses().stream()
                        .anyMatch(cause -> "metadata.uid".equals(cause.getField()));
    }

    @Override
    public void finishDeletion(Pod pod) {
        Map<String, Object> options = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "gracePeriodSeconds",
                0,
                "preconditions",
                Map.of("uid", pod.getMetadata().getUid()));
        try {
            client.raw(
                    "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                            + pod.getMetadata().getName(),
                    "DELETE",
                    options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(map -> {
                    Map<String, byte[]> data = decoded(map.getBinaryData());
                    map.getData().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
                    return data;
                });
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String namespace, String name) {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        return Optional.ofNullable(secret).map(s -> decoded(s.getData()));
    }

    private static Map<String, byte[]> decoded(Map<String, String> base64) {
        Map<String, byte[]> data = new HashMap<>();
        base64.forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return data;
    }

    @Override
    public void record(Event event) {
        client.resource(event).create();
    }

    @Override
    public boolean countUp(String namespace, String event, int count, String lastTimestamp) {
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("count", count, "lastTimestamp", lastTimestamp));
        try {
            client.v1().events().inNamespace(namespace).withName(event).patch(MERGE, patch);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        client.close();
    }

    /** An informer's three callbacks as two. */
    private record Handler<T>(Consumer<T> changed, Consumer<T> deleted) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.accept(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            changed.accept(object);
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            deleted.accept(object);
        }
    }
}
