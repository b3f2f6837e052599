// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Configuration and manifest of an image (OCI image specification 1.0). Field order is fixed, so bytes are stable. */
final class OciJson {
    static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCHEMA_VERSION = 2;

    private OciJson() {}

    static byte[] config(ImageBuilder image, List<Layer> layers) {
        ObjectNode root = JSON.createObjectNode();
        root.put("created", "1970-01-01T00:00:00Z");
        root.put("architecture", architecture());
        root.put("os", "linux");
        ObjectNode config = root.putObject("config");
        if (!image.user().isEmpty()) {
            config.put("User", image.user());
        }
        if (!image.exposedPorts().isEmpty()) {
            ObjectNode ports = config.putObject("ExposedPorts");
            image.exposedPorts().forEach(ports::putObject);
        }
        if (!image.environment().isEmpty()) {
            ArrayNode environment = config.putArray("Env");
            image.environment().forEach((name, value) -> environment.add(name + "=" + value));
        }
        putArguments(config, "Entrypoint", image.entrypoint());
        putArguments(config, "Cmd", image.command());
        config.put("WorkingDir", image.workingDirectory());
        ObjectNode rootfs = root.putObject("rootfs").put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().value()));
        return bytes(root);
    }

    static byte[] manifest(byte[] config, List<Layer> layers) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("mediaType", MANIFEST_TYPE);
        descriptor(root.putObject("config"), CONFIG_TYPE, Digest.of(config), config.length);
        ArrayNode list = root.putArray("layers");
        layers.forEach(layer -> descriptor(list.addObject(), LAYER_TYPE, layer.digest(), layer.sizeBytes()));
        return bytes(root);
    }

    private static void descriptor(ObjectNode node, String mediaType, Digest digest, long sizeBytes) {
        node.put("mediaType", mediaType).put("digest", digest.value()).put("size", sizeBytes);
    }

    private static void putArguments(ObjectNode config, String field, List<String> arguments) {
        if (!arguments.isEmpty()) {
            ArrayNode array = config.putArray(field);
            arguments.forEach(array::add);
        }
    }

    /** This machine's architecture in Go's words, which OCI uses. */
    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
