// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.health.protocol.DatagramKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The zone's health key, the count of masters and the nodes' documents, as Secrets that only those who need them may read. */
final class HealthSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(HealthSecrets.class);
    private static final String COMPONENT = "statemesh-health";
    private static final String ZONE_KEY = "key";
    private static final String MASTERS = "masters";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(COMPONENT)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();

    HealthSecrets(KubernetesClient client) {
        this.client = client;
    }

    /**
     * What a master starts with.
     *
     * @param master number of this master, above those of all before it
     */
    record Start(DatagramKey zoneKey, long master) {}

    /** Counts this master: optimistic locking gives no number twice. */
    Start start() {
        var resource = client.secrets().inNamespace(SystemNames.NAMESPACE).withName(SystemNames.HEALTH_SECRET);
        Secret found = resource.get();
        if (found == null) {
            byte[] key = new byte[DatagramKey.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            found = client.resource(secret(
                            SystemNames.HEALTH_SECRET,
                            Map.of(ZONE_KEY, Base64.getEncoder().encodeToString(key), MASTERS, encoded("0"))))
                    .create();
        }
        long master = Long.parseLong(decoded(found, MASTERS)) + 1;
        Map<String, String> data = new HashMap<>(found.getData());
        data.put(MASTERS, encoded(String.valueOf(master)));
        Secret counted = new SecretBuilder(found).withData(data).build();
        client.resource(counted).update();
        return new Start(
                new DatagramKey(Base64.getDecoder().decode(found.getData().get(ZONE_KEY))), master);
    }

    /** By node name; one that cannot be read is left out, and made anew. */
    Map<String, HealthDocument> documents() {
        Map<String, HealthDocument> documents = new HashMap<>();
        for (Secret secret : client.secrets()
                .inNamespace(SystemNames.NAMESPACE)
                .withLabel(Labels.MANAGED_BY, COMPONENT)
                .list()
                .getItems()) {
            String name = secret.getMetadata().getName();
            if (secret.getData() != null && secret.getData().containsKey(HealthDocument.KEY)) {
                try {
                    documents.put(
                            name.substring(HealthDocument.secretName("").length()),
                            json.readValue(decoded(secret, HealthDocument.KEY), HealthDocument.class));
                } catch (JsonProcessingException e) {
                    LOG.warn("secret={} is not a health document", name);
                }
            }
        }
        return documents;
    }

    void write(String node, HealthDocument document) {
        String name = HealthDocument.secretName(node);
        try {
            apply(secret(name, Map.of(HealthDocument.KEY, encoded(json.writeValueAsString(document)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a health document is always JSON", e);
        }
    }

    /** Lets a node, and no other, read its document. */
    void allow(String node) {
        String name = HealthDocument.secretName(node);
        apply(new RoleBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, COMPONENT)
                .endMetadata()
                .withRules(new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withResourceNames(name)
                        .withVerbs("get", "list", "watch")
                        .build())
                .build());
        apply(new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, COMPONENT)
                .endMetadata()
                .withNewRoleRef(RBAC, "Role", name)
                .addNewSubject(RBAC, "User", "system:node:" + node, null)
                .build());
    }

    void remove(String node) {
        String name = HealthDocument.secretName(node);
        client.secrets().inNamespace(SystemNames.NAMESPACE).withName(name).delete();
        client.rbac()
                .roleBindings()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(name)
                .delete();
        client.rbac().roles().inNamespace(SystemNames.NAMESPACE).withName(name).delete();
    }

    private void apply(HasMetadata object) {
        client.resource(object).patch(APPLY, object);
    }

    private static Secret secret(String name, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, COMPONENT)
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(Secret secret, String key) {
        String value = Objects.requireNonNull(secret.getData().get(key), key);
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
