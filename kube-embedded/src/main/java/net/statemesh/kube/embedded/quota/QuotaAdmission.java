// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.statemesh.kube.embedded.crud.Admission;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.rules.Quantity;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/** Holds the pods of a namespace within its ResourceQuotas: their number, requests and limits of CPU and memory. */
public final class QuotaAdmission implements Admission.Step {
    /** Names of quotas that are held; others are refused, since nobody would hold them. */
    public static final Set<String> ENFORCED = Set.of(
            "pods", "count/pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private final ObjectWriter writer;
    private final ObjectStore store;
    private final ResourceType quotas;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    public QuotaAdmission(ObjectWriter writer, ResourceType quotas) {
        this.writer = writer;
        this.store = writer.store();
        this.quotas = quotas;
    }

    @Override
    public ObjectNode admit(ResourceCall call, ObjectNode tree, Supplier<ObjectNode> rest) {
        if (!call.type().id().equals("pods")) {
            return rest.get();
        }
        String namespace = Meta.namespace(tree);
        // between counting and creating nobody else may create in this namespace
        synchronized (locks.computeIfAbsent(namespace, n -> new Object())) {
            List<StoredObject> present = store.list("resourcequotas", namespace).objects();
            if (!present.isEmpty()) {
                Map<String, BigInteger> used = used(namespace);
                present.forEach(quota -> check(quota, tree, used));
            }
            ObjectNode created = rest.get();
            if (!present.isEmpty() && !call.dryRun()) {
                recount(namespace);
            }
            return created;
        }
    }

    /** Writes what is used into the status of a namespace's quotas. */
    public void recount(String namespace) {
        Map<String, BigInteger> used = used(namespace);
        for (StoredObject quota : store.list("resourcequotas", namespace).objects()) {
            writer.update(quotas, quota.key(), seen -> {
                ObjectNode next = seen.copy();
                ObjectNode status = Json.child(next, "status");
                status.set("hard", next.path("spec").path("hard").deepCopy());
                ObjectNode amounts = status.putObject("used");
                hard(seen.tree())
                        .fieldNames()
                        .forEachRemaining(name ->
                                amounts.put(name, text(name, used.getOrDefault(Usage.plain(name), BigInteger.ZERO))));
                return next;
            });
        }
    }

    private void check(StoredObject quota, ObjectNode pod, Map<String, BigInteger> used) {
        Map<String, BigInteger> wanted = Usage.of(pod);
        Map<String, String> exceeded = new TreeMap<>();
        TreeMap<String, String> missing = new TreeMap<>();
        hard(quota.tree()).properties().forEach(each -> {
            String name = each.getKey();
            if (!ENFORCED.contains(name)) {
                return;
            }
            BigInteger asked = wanted.getOrDefault(Usage.plain(name), BigInteger.ZERO);
            if (asked.signum() == 0 && !Usage.everyContainerSays(pod, name)) {
                missing.put(name, name);
            }
            BigInteger total = asked.add(used.getOrDefault(Usage.plain(name), BigInteger.ZERO));
            if (asked.signum() > 0
                    && total.compareTo(Quantity.milli(each.getValue().asText())) > 0) {
                exceeded.put(name, each.getValue().asText());
            }
        });
        String name = quota.key().name();
        if (!missing.isEmpty()) {
            throw refused(pod, "failed quota: " + name + ": must specify " + String.join(",", missing.keySet()));
        }
        if (!exceeded.isEmpty()) {
            throw refused(
                    pod,
                    "exceeded quota: " + name
                            + ", requested: "
                            + list(exceeded, n -> text(n, wanted.getOrDefault(Usage.plain(n), BigInteger.ZERO)))
                            + ", used: "
                            + list(exceeded, n -> text(n, used.getOrDefault(Usage.plain(n), BigInteger.ZERO)))
                            + ", limited: " + list(exceeded, n -> exceeded.getOrDefault(n, "")));
        }
    }

    private Map<String, BigInteger> used(String namespace) {
        Map<String, BigInteger> sum = new TreeMap<>();
        for (StoredObject pod : store.list("pods", namespace).objects()) {
            String phase = Json.text(pod.tree(), "status", "phase");
            if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                Usage.of(pod.tree()).forEach((name, amount) -> sum.merge(name, amount, BigInteger::add));
            }
        }
        return sum;
    }

    private static JsonNode hard(JsonNode quota) {
        return quota.path("spec").path("hard");
    }

    private static String list(Map<String, String> names, Function<String, String> amount) {
        return names.keySet().stream()
                .map(name -> name + "=" + amount.apply(name))
                .collect(Collectors.joining(","));
    }

    private static String text(String name, BigInteger milli) {
        return name.endsWith("memory")
                ? Quantity.ofBytes(milli.divide(BigInteger.valueOf(1000)))
                : Quantity.ofMilli(milli);
    }

    private static ApiException refused(ObjectNode pod, String why) {
        return ApiException.forbidden("", "pods", Meta.name(pod), why);
    }
}
