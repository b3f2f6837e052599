// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML 1.2 documents as JSON trees; aliases are bounded. */
final class Yaml {
    /** Aliases to collections in one document: more smell of an expansion bomb. */
    static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setAllowDuplicateKeys(false)
            .build();

    private Yaml() {}

    static JsonNode parse(byte[] text) {
        try {
            String document = new String(text, StandardCharsets.UTF_8);
            refuseBombs(document);
            return tree(new Load(SETTINGS).loadFromString(document), 0);
        } catch (YamlEngineException e) {
            throw ApiException.badRequest("the body is not valid YAML: " + e.getMessage());
        }
    }

    /** Looks at the events alone, which takes no recursion. */
    private static void refuseBombs(String document) {
        int depth = 0;
        int events = 0;
        for (Event event : new Parse(SETTINGS).parseString(document)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (++events > Json.MAX_TOKENS) {
                throw ApiException.badRequest("the body has more than " + Json.MAX_TOKENS + " names and values");
            }
            if (depth > Json.MAX_DEPTH) {
                throw ApiException.badRequest("the body is nested deeper than " + Json.MAX_DEPTH + " levels");
            }
        }
    }

    private static JsonNode tree(@Nullable Object value, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw ApiException.badRequest("the body is nested deeper than " + Json.MAX_DEPTH + " levels");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case String text -> nodes.textNode(text);
            case Boolean flag -> nodes.booleanNode(flag);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case BigInteger number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode object = nodes.objectNode();
                map.forEach((key, each) -> object.set(String.valueOf(key), tree(each, depth + 1)));
                yield object;
            }
            case Iterable<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(each -> array.add(tree(each, depth + 1)));
                yield array;
            }
            default -> nodes.textNode(value.toString());
        };
    }
}
