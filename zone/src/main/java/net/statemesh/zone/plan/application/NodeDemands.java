// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Requirements;
import org.jspecify.annotations.Nullable;

/** {@link Requirements} as node selector and node affinity, so that any Kubernetes scheduler would honour them. */
final class NodeDemands {
    private NodeDemands() {}

    /** Labels that must be equal. */
    static Map<String, String> selector(Requirements requirements) {
        Map<String, String> selector = new LinkedHashMap<>();
        if (requirements.region() != null) {
            selector.put(Labels.REGION, requirements.region());
        }
        if (requirements.zone() != null) {
            selector.put(Labels.ZONE, requirements.zone());
        }
        if (requirements.address() != null) {
            selector.put(Labels.NODE_ADDRESS, requirements.address().label());
        }
        if (requirements.virtualisation()) {
            selector.put(Labels.NODE_VIRTUALISATION, "true");
        }
        requirements.cpuFeatures().forEach(feature -> selector.put(Labels.NODE_CPU_FEATURE_PREFIX + feature, "true"));
        return selector;
    }

    /** Labels with several acceptable values, and numbers; absent when there are none. */
    static @Nullable NodeAffinity affinity(Requirements requirements) {
        List<NodeSelectorRequirement> expressions = new ArrayList<>();
        if (!requirements.nodeClasses().isEmpty()) {
            expressions.add(in(
                    Labels.NODE_CLASS,
                    requirements.nodeClasses().stream()
                            .map(Requirements.NodeClass::label)
                            .toList()));
        }
        if (!requirements.disks().isEmpty()) {
            expressions.add(in(
                    Labels.NODE_DISK,
                    requirements.disks().stream()
                            .map(Requirements.DiskClass::label)
                            .toList()));
        }
        if (requirements.gpus() > 0) {
            expressions.add(new NodeSelectorRequirementBuilder()
                    .withKey(Labels.NODE_GPU)
                    .withOperator("Gt")
                    .withValues(Integer.toString(requirements.gpus() - 1))
                    .build());
        }
        return expressions.isEmpty()
                ? null
                : new NodeAffinityBuilder()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .withMatchExpressions(expressions)
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .build();
    }

    private static NodeSelectorRequirement in(String label, List<String> values) {
        return new NodeSelectorRequirementBuilder()
                .withKey(label)
                .withOperator("In")
                .withValues(values)
                .build();
    }
}
