// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;

/** Objects that every Kubernetes has from its first start: namespaces, service accounts, roles. */
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final InstantSource clock;

    Bootstrap(ResourceRegistry registry, ObjectWriter writer, InstantSource clock) {
        this.registry = registry;
        this.writer = writer;
        this.clock = clock;
    }

    void run() throws IOException {
        NAMESPACES.forEach(this::namespace);
        try (InputStream in = Bootstrap.class.getResourceAsStream("authz/bootstrap-roles.json")) {
            if (in == null) {
                throw new IOException("bootstrap-roles.json is missing from the jar");
            }
            JsonNode roles = Json.parse(in.readAllBytes());
            roles.path("clusterRoles").forEach(this::role);
            roles.path("clusterRoleBindings").forEach(this::binding);
        }
    }

    /** The account that pods of a namespace run as unless they name another. */
    void defaultAccount(String namespace) {
        createUnlessThere(registry.builtin("", "serviceaccounts"), namespace, "default", Json.object());
    }

    private void namespace(String name) {
        ObjectNode object = Json.object();
        Meta.of(object).putObject("labels").put("kubernetes.io/metadata.name", name);
        object.putObject("spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
        createUnlessThere(registry.builtin("", "namespaces"), "", name, object);
        defaultAccount(name);
    }

    private void role(JsonNode role) {
        ObjectNode object = Json.object();
        ObjectNode labels = Meta.of(object).putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        labels.setAll((ObjectNode) role.path("labels").deepCopy());
        if (role.has("aggregate")) {
            ArrayNode selectors = object.putObject("aggregationRule").putArray("clusterRoleSelectors");
            role.path("aggregate")
                    .forEach(to -> selectors
                            .addObject()
                            .putObject("matchLabels")
                            .put(RBAC + "/aggregate-to-" + to.asText(), "true"));
        }
        object.set("rules", role.path("rules"));
        createUnlessThere(
                registry.builtin(RBAC, "clusterroles"), "", role.path("name").asText(), object);
    }

    private void binding(JsonNode binding) {
        ObjectNode object = Json.object();
        Meta.of(object).putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        object.putObject("roleRef")
                .put("apiGroup", RBAC)
                .put("kind", "ClusterRole")
                .put("name", binding.path("role").asText());
        object.putArray("subjects")
                .addObject()
                .put("apiGroup", RBAC)
                .put("kind", "Group")
                .put("name", binding.path("group").asText());
        createUnlessThere(
                registry.builtin(RBAC, "clusterrolebindings"),
                "",
                binding.path("name").asText(),
                object);
    }

    private void createUnlessThere(ResourceType type, String namespace, String name, ObjectNode object) {
        ObjectKey key = type.key(namespace, name);
        if (writer.store().get(key) != null) {
            return;
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = Meta.of(object);
        metadata.put("name", name)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Meta.time(clock.instant()));
        if (type.namespaced()) {
            metadata.put("namespace", namespace);
        }
        try {
            writer.create(type, key, object);
        } catch (ApiException e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }
}
