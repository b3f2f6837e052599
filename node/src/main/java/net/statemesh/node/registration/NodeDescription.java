// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.Labels;
import net.statemesh.api.Quantities;
import net.statemesh.node.AgentConfig;
import net.statemesh.node.preflight.Capabilities;

/** What a node tells the zone about itself: labels to select by, all capabilities as JSON, capacity. Pure. */
public final class NodeDescription {
    /** Annotation with all of {@link Capabilities} as one JSON document. */
    public static final String CAPABILITIES = ApiGroup.GROUP + "/capabilities";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PODS = 110;
    private static final int MILLIS_PER_CORE = 1_000;

    private NodeDescription() {}

    /** Labels by which pods choose their node; those of the configuration win. */
    public static Map<String, String> labels(AgentConfig config, Capabilities found) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Labels.HOSTNAME, config.nodeName());
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("kubernetes.io/os", "linux");
        labels.put(Labels.ZONE, config.zone());
        labels.put(Labels.NODE_CLASS, found.nodeClass().toString());
        labels.put(Labels.NODE_ADDRESS, found.publicAddress() ? "public" : "private");
        labels.put(Labels.NODE_VIRTUALISATION, String.valueOf(found.hardwareVirtualisation()));
        labels.put(Labels.NODE_DISK, found.dataDisk());
        if (!found.gpus().isEmpty()) {
            labels.put(Labels.NODE_GPU, String.valueOf(found.gpus().size()));
        }
        found.cpuFeatures().forEach(feature -> labels.put(Labels.NODE_CPU_FEATURE_PREFIX + feature, "true"));
        labels.putAll(config.labels());
        return labels;
    }

    public static Map<String, String> annotations(Capabilities found) {
        try {
            return Map.of(CAPABILITIES, JSON.writeValueAsString(found));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What pods may use of the node, by resource. */
    public static Map<String, Quantity> capacity(AgentConfig config, Capabilities found) {
        long cpuMillis = config.cpuMillis() == null ? (long) found.cores() * MILLIS_PER_CORE : config.cpuMillis();
        long memory = config.memoryBytes() == null ? found.memoryBytes() : config.memoryBytes();
        return Map.of(
                "cpu", Quantities.ofCpuMillis(cpuMillis),
                "memory", Quantities.ofBytes(memory),
                "ephemeral-storage", Quantities.ofBytes(found.dataDiskBytes()),
                "pods", new Quantity(String.valueOf(MAX_PODS)));
    }
}
