// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.gc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.store.StoredObject;

/** What a namespace that is being deleted still waits for, as its conditions say it. */
final class NamespaceConditions {
    private NamespaceConditions() {}

    /** Writes the conditions; those that say the same as before keep their time. */
    static void write(ObjectNode namespace, List<StoredObject> remaining, Instant now) {
        ArrayNode conditions = Json.array();
        ObjectNode status = Json.child(namespace, "status");
        JsonNode before = status.path("conditions");
        add(
                conditions,
                before,
                now,
                "NamespaceContentRemaining",
                "SomeResourcesRemain",
                "Some resources are remaining: ",
                counted(remaining, each -> Stream.of(each.key().resource()), " has "));
        add(
                conditions,
                before,
                now,
                "NamespaceFinalizersRemaining",
                "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: ",
                counted(
                        remaining,
                        each -> Meta.finalizers(each.tree()).valueStream().map(JsonNode::asText),
                        " in "));
        status.set("conditions", conditions);
    }

    private static String counted(
            List<StoredObject> remaining, Function<StoredObject, Stream<String>> names, String verb) {
        return remaining.stream()
                .flatMap(names)
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getKey() + verb + each.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private static void add(
            ArrayNode conditions, JsonNode before, Instant now, String type, String reason, String text, String what) {
        if (what.isEmpty()) {
            return;
        }
        String message = text + what;
        String since = before.valueStream()
                .filter(each -> each.path("type").asText().equals(type)
                        && each.path("message").asText().equals(message))
                .map(each -> each.path("lastTransitionTime").asText())
                .findFirst()
                .orElseGet(() -> Meta.time(now));
        conditions
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("lastTransitionTime", since)
                .put("reason", reason)
                .put("message", message);
    }
}
