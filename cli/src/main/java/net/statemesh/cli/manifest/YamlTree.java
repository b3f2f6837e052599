// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One document of a YAML 1.2 text (of which JSON is a part) as a tree that remembers lines.
 *
 * @param value the document
 * @param lines path ({@code spec.containers[0].image}) to line, counted from 1
 */
record YamlTree(JsonNode value, Map<String, Integer> lines) {
    static final int MAX_CHARS = 1 << 20;

    private static final int MAX_DEPTH = 64;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** All documents that are not empty. {@code source} names the text in errors. */
    static List<YamlTree> parse(String text, String source) {
        if (text.length() > MAX_CHARS) {
            throw new StateMeshException(
                    CliErrors.MANIFEST,
                    "'" + source + "' is larger than " + MAX_CHARS + " characters.",
                    List.of(),
                    List.of("split it"));
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setMaxAliasesForCollections(50)
                .build();
        List<YamlTree> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                Map<String, Integer> lines = new HashMap<>();
                JsonNode value = tree(node, "", lines, source, 0);
                if (!value.isNull()) {
                    documents.add(new YamlTree(value, lines));
                }
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw malformed(source, line, e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw malformed(source, 0, String.valueOf(e.getMessage()), e);
        }
    }

    /** Line of a path, or of the nearest parent that has one. */
    int lineOf(String path) {
        String at = path;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, Math.max(Math.max(at.lastIndexOf('.'), at.lastIndexOf('[')), 0));
        }
        return lines.getOrDefault(at, 1);
    }

    private static JsonNode tree(Node node, String path, Map<String, Integer> lines, String source, int depth) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        lines.putIfAbsent(path, line);
        if (depth > MAX_DEPTH) {
            throw malformed(source, line, "more than " + MAX_DEPTH + " levels", null);
        }
        return switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = NODES.objectNode();
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    String child = path.isEmpty() ? key : path + "." + key;
                    int keyLine = tuple.getKeyNode()
                            .getStartMark()
                            .map(mark -> mark.getLine() + 1)
                            .orElse(line);
                    if (object.has(key)) {
                        throw malformed(source, keyLine, "'" + key + "' is given twice", null);
                    }
                    lines.put(child, keyLine);
                    object.set(key, tree(tuple.getValueNode(), child, lines, source, depth + 1));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = NODES.arrayNode();
                for (Node item : sequence.getValue()) {
                    array.add(tree(item, path + "[" + array.size() + "]", lines, source, depth + 1));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw malformed(source, line, "a kind of node that manifests do not have", null);
        };
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            try {
                return integer(text);
            } catch (NumberFormatException e) {
                return NODES.textNode(text);
            }
        }
        if (tag.equals(Tag.FLOAT)) {
            try {
                return NODES.numberNode(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                return NODES.textNode(text); // .inf and .nan
            }
        }
        return NODES.textNode(text);
    }

    private static JsonNode integer(String text) {
        BigInteger number = text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        return number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private static StateMeshException malformed(String source, int line, String problem, @Nullable Throwable cause) {
        return new StateMeshException(
                CliErrors.MANIFEST,
                "'" + source + "'" + (line > 0 ? " line " + line : "") + " is not YAML: " + problem + ".",
                List.of(),
                List.of(),
                cause);
    }
}
