// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import net.statemesh.kube.embedded.object.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws of JSON Merge Patch (RFC 7386) and JSON Patch (RFC 6902) on random documents. */
@Tag("property")
class PatchLawsTest {
    private static final int TRIES = 2_000;
    private static final int MAX_DEPTH = 3;
    private static final String[] NAMES = {"a", "b", "c", "d/e", "f~g"};

    private final long seed = Long.getLong("statemesh.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void mergePatchAppliedTwiceIsAppliedOnce() {
        for (int i = 0; i < TRIES; i++) {
            ObjectNode target = object(0, false);
            ObjectNode patch = object(0, true);
            JsonNode once = MergePatch.apply(target.deepCopy(), patch.deepCopy());
            JsonNode twice = MergePatch.apply(once.deepCopy(), patch.deepCopy());
            assertThat(twice)
                    .as("seed %d try %d: %s on %s", seed, i, patch, target)
                    .isEqualTo(once);
        }
    }

    @Test
    void emptyMergePatchChangesNothing() {
        for (int i = 0; i < TRIES; i++) {
            ObjectNode target = object(0, false);
            assertThat(MergePatch.apply(target.deepCopy(), Json.object()))
                    .as("seed %d try %d", seed, i)
                    .isEqualTo(target);
        }
    }

    @Test
    void differenceAsMergePatchLeadsFromOneDocumentToTheOther() {
        for (int i = 0; i < TRIES; i++) {
            ObjectNode from = object(0, false);
            ObjectNode to = object(0, false);
            assertThat(MergePatch.apply(from.deepCopy(), mergeDifference(from, to)))
                    .as("seed %d try %d: %s to %s", seed, i, from, to)
                    .isEqualTo(to);
        }
    }

    @Test
    void differenceAsJsonPatchLeadsFromOneDocumentToTheOther() {
        for (int i = 0; i < TRIES; i++) {
            ObjectNode from = object(0, false);
            ObjectNode to = object(0, false);
            ArrayNode operations = Json.array();
            jsonDifference(from, to, "", operations);
            assertThat(JsonPatch.apply(from.deepCopy(), operations))
                    .as("seed %d try %d: %s to %s by %s", seed, i, from, to, operations)
                    .isEqualTo(to);
        }
    }

    @Test
    void strategicMergeWithoutASchemaIsAMergePatch() {
        for (int i = 0; i < TRIES; i++) {
            ObjectNode target = object(0, false);
            ObjectNode patch = object(0, true);
            assertThat(StrategicMerge.apply(target.deepCopy(), patch.deepCopy(), null))
                    .as("seed %d try %d: %s on %s", seed, i, patch, target)
                    .isEqualTo(MergePatch.apply(target.deepCopy(), patch.deepCopy()));
        }
    }

    private static ObjectNode mergeDifference(ObjectNode from, ObjectNode to) {
        ObjectNode patch = Json.object();
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        });
        to.properties().forEach(each -> {
            JsonNode had = from.path(each.getKey());
            if (had instanceof ObjectNode before && each.getValue() instanceof ObjectNode after) {
                patch.set(each.getKey(), mergeDifference(before, after));
            } else if (!had.equals(each.getValue())) {
                patch.set(each.getKey(), each.getValue().deepCopy());
            }
        });
        return patch;
    }

    private static void jsonDifference(ObjectNode from, ObjectNode to, String at, ArrayNode operations) {
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                operations.addObject().put("op", "remove").put("path", at + "/" + escaped(name));
            }
        });
        to.properties().forEach(each -> {
            String path = at + "/" + escaped(each.getKey());
            JsonNode had = from.path(each.getKey());
            if (had instanceof ObjectNode before && each.getValue() instanceof ObjectNode after) {
                jsonDifference(before, after, path, operations);
            } else {
                operations
                        .addObject()
                        .put("op", had.isMissingNode() ? "add" : "replace")
                        .put("path", path)
                        .set("value", each.getValue().deepCopy());
            }
        });
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** @param nulls whether fields may be null, as in a patch */
    private ObjectNode object(int depth, boolean nulls) {
        ObjectNode object = Json.object();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                object.set(name, value(depth + 1, nulls));
            }
        }
        return object;
    }

    private JsonNode value(int depth, boolean nulls) {
        return switch (random.nextInt(depth > MAX_DEPTH ? 3 : 5)) {
            case 0 -> nulls ? Json.object().nullNode() : Json.object().booleanNode(random.nextBoolean());
            case 1 -> Json.object().numberNode(random.nextInt(4));
            case 2 -> Json.object().textNode("t" + random.nextInt(4));
            case 3 -> Json.array().add(random.nextInt(3)).add("x");
            default -> object(depth, nulls);
        };
    }
}
