// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws of server-side apply on random histories of three managers who apply, force and update labels and containers of one pod. */
@Tag("property")
class OwnershipLawsTest {
    private static final int HISTORIES = 300;
    private static final int STEPS = 12;
    private static final List<String> MANAGERS = List.of("alice", "bob", "carol");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final ResourceType PODS = new ResourceRegistry().builtin("", "pods");

    private final long seed = Long.getLong("statemesh.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int conflicts;
    private int removals;

    @Test
    void lawsHoldOverRandomHistories() {
        for (int history = 0; history < HISTORIES; history++) {
            ObjectNode live = Ownership.apply(null, config(), writer("alice", 0), false);
            for (int step = 1; step < STEPS; step++) {
                String manager = MANAGERS.get(random.nextInt(MANAGERS.size()));
                String when = "seed " + seed + " history " + history + " step " + step;
                live = random.nextInt(4) == 0
                        ? updated(live, writer(manager, step))
                        : applied(live, config(), writer(manager, step), random.nextBoolean(), when);
            }
        }
        assertThat(conflicts).as("conflicts met, seed %d", seed).isPositive();
        assertThat(removals).as("fields removed, seed %d", seed).isPositive();
    }

    private ObjectNode applied(
            ObjectNode live, ObjectNode config, Ownership.Writer writer, boolean force, String when) {
        Map<String, String> wanted = leaves(config);
        Map<String, String> had = leaves(live);
        Set<String> disputed = new TreeSet<>();
        wanted.forEach((path, value) -> {
            boolean differs = had.containsKey(path) && !value.equals(had.get(path));
            if (differs && ownedByOthers(live, writer, "Apply").contains(path)) {
                disputed.add(path);
            }
        });
        ObjectNode next;
        try {
            next = Ownership.apply(live.deepCopy(), config.deepCopy(), writer, force);
            assertThat(force || disputed.isEmpty())
                    .as("no conflict though others own %s: %s", disputed, when)
                    .isTrue();
        } catch (ApiException refusal) {
            conflicts++;
            assertThat(refusal.code()).as(when).isEqualTo(409);
            assertThat(disputed).as("conflict without a reason: %s", when).isNotEmpty();
            assertThat(force).as("forced apply refused: %s", when).isFalse();
            return live;
        }
        Map<String, String> now = leaves(next);
        assertThat(now).as("what was applied is there: %s", when).containsAllEntriesOf(wanted);
        assertThat(owned(next, writer.name(), "Apply")).as(when).containsAll(wanted.keySet());
        disputed.retainAll(ownedByOthers(next, writer, "Apply"));
        assertThat(disputed)
                .as("a field that was taken is no longer theirs: %s", when)
                .isEmpty();
        Set<String> dropped = owned(live, writer.name(), "Apply");
        dropped.removeAll(wanted.keySet());
        for (String path : dropped) {
            boolean others = ownedByOthers(live, writer, "Apply").contains(path);
            removals += others ? 0 : 1;
            assertThat(now.containsKey(path))
                    .as("%s, no longer applied, stays only while others own it: %s", path, when)
                    .isEqualTo(others);
        }
        had.keySet().stream()
                .filter(path -> !dropped.contains(path) && !wanted.containsKey(path))
                .filter(path -> !isKeyOfGoneItem(path, now))
                .forEach(path -> assertThat(now.get(path))
                        .as("%s is none of the applier's business: %s", path, when)
                        .isEqualTo(had.get(path)));
        assertThat(Ownership.apply(next.deepCopy(), config.deepCopy(), writer, false))
                .as("applying the same again changes nothing: %s", when)
                .isEqualTo(next);
        return next;
    }

    /** The name of an item that nobody wants any more goes with the item. */
    private static boolean isKeyOfGoneItem(String path, Map<String, String> now) {
        String item = path.substring(0, path.lastIndexOf('/') + 1);
        return path.endsWith("/f:name") && now.keySet().stream().noneMatch(each -> each.startsWith(item));
    }

    private ObjectNode updated(ObjectNode live, Ownership.Writer writer) {
        ObjectNode next = live.deepCopy();
        ObjectNode labels = Json.child(Meta.of(next), "labels");
        labels.put(pick(NAMES), Integer.toString(random.nextInt(3)));
        labels.remove(pick(NAMES));
        Ownership.update(live, next, writer);
        Map<String, String> had = leaves(live);
        Set<String> mine = owned(next, writer.name(), "Update");
        leaves(next).forEach((path, value) -> {
            if (!value.equals(had.get(path))) {
                assertThat(mine)
                        .as("seed %d: an update owns what it changed", seed)
                        .contains(path);
                assertThat(ownedByOthers(next, writer, "Update"))
                        .as("seed %d", seed)
                        .doesNotContain(path);
            }
        });
        return next;
    }

    private ObjectNode config() {
        ObjectNode config = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = Meta.of(config).put("name", "p").put("namespace", "default");
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                Json.child(metadata, "labels").put(name, Integer.toString(random.nextInt(3)));
            }
        }
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                ObjectNode spec = Json.child(config, "spec");
                ArrayNode containers =
                        spec.get("containers") instanceof ArrayNode have ? have : spec.putArray("containers");
                ObjectNode container = containers.addObject().put("name", name);
                if (random.nextBoolean()) {
                    container.put("image", "i:" + random.nextInt(3));
                }
            }
        }
        return config;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Ownership.Writer writer(String name, int step) {
        return new Ownership.Writer(name, PODS, "", "2026-01-01T00:00:" + (10 + step) + "Z");
    }

    /** Labels and fields of containers by their path in the vocabulary of managed fields, written down without its code. */
    private static Map<String, String> leaves(JsonNode pod) {
        Map<String, String> leaves = new TreeMap<>();
        Meta.labels(pod)
                .properties()
                .forEach(each -> leaves.put(
                        "f:metadata/f:labels/f:" + each.getKey(),
                        each.getValue().asText()));
        for (JsonNode container : pod.path("spec").path("containers")) {
            String item = "f:spec/f:containers/k:{\"name\":\""
                    + container.path("name").asText() + "\"}/f:";
            container
                    .properties()
                    .forEach(each ->
                            leaves.put(item + each.getKey(), each.getValue().asText()));
        }
        return leaves;
    }

    private static Set<String> ownedByOthers(JsonNode pod, Ownership.Writer writer, String operation) {
        Set<String> paths = new TreeSet<>();
        for (JsonNode entry : pod.path("metadata").path("managedFields")) {
            boolean mine = entry.path("manager").asText().equals(writer.name());
            // the same name updating is another manager than the same name applying
            if (!mine || !entry.path("operation").asText().equals(operation)) {
                collect(entry.path("fieldsV1"), "", paths);
            }
        }
        return paths;
    }

    private static Set<String> owned(JsonNode pod, String manager, String operation) {
        Set<String> paths = new TreeSet<>();
        for (JsonNode entry : pod.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)
                    && entry.path("operation").asText().equals(operation)) {
                collect(entry.path("fieldsV1"), "", paths);
            }
        }
        return paths;
    }

    private static void collect(JsonNode fields, String prefix, Set<String> into) {
        fields.properties().forEach(each -> {
            if (each.getValue().isEmpty() && !each.getKey().equals(".")) {
                into.add(prefix + each.getKey());
            }
            collect(each.getValue(), prefix + each.getKey() + "/", into);
        });
    }
}
