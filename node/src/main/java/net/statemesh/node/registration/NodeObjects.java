// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Node object out of what the agent knows. Pure. */
final class NodeObjects {
    private NodeObjects() {}

    static Node node(NodeFacts facts, NodeStatus status) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(facts.name())
                .withLabels(facts.labels())
                .withAnnotations(facts.annotations())
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(facts.podCidr())
                .withPodCIDRs(facts.podCidr())
                .endSpec()
                .withStatus(status)
                .build();
    }

    /** {@code previous} keeps the times at which conditions last changed. */
    static NodeStatus status(NodeFacts facts, NodeHealth health, @Nullable NodeStatus previous, Instant now) {
        boolean ready = health.runtimeTrouble().isEmpty();
        return new NodeStatusBuilder()
                .withCapacity(facts.capacity())
                .withAllocatable(facts.capacity())
                .withAddresses(
                        new NodeAddress(facts.address(), "InternalIP"), new NodeAddress(facts.name(), "Hostname"))
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(facts.port())
                .endDaemonEndpoints()
                .withNewNodeInfo()
                .withArchitecture("amd64")
                .withBootID(facts.bootId())
                .withMachineID(facts.machineId())
                .withSystemUUID(facts.machineId())
                .withContainerRuntimeVersion(facts.runtimeVersion())
                .withKernelVersion(facts.kernelVersion())
                .withKubeletVersion("v1.32.0-statemesh")
                .withKubeProxyVersion("")
                .withOperatingSystem("linux")
                .withOsImage(facts.osImage())
                .endNodeInfo()
                .withConditions(List.of(
                        condition(
                                previous,
                                "Ready",
                                ready,
                                ready ? "AgentReady" : "RuntimeNotReady",
                                health.runtimeTrouble().orElse("the agent takes pods"),
                                now),
                        condition(
                                previous,
                                "MemoryPressure",
                                health.memoryPressure(),
                                health.memoryPressure() ? "LittleMemoryLeft" : "EnoughMemory",
                                "",
                                now),
                        condition(
                                previous,
                                "DiskPressure",
                                health.diskPressure(),
                                health.diskPressure() ? "LittleDiskLeft" : "EnoughDisk",
                                "",
                                now)))
                .build();
    }

    private static NodeCondition condition(
            @Nullable NodeStatus previous, String type, boolean isTrue, String reason, String message, Instant now) {
        String status = isTrue ? "True" : "False";
        String time = Instant.ofEpochSecond(now.getEpochSecond()).toString();
        Optional<NodeCondition> before = previous == null
                ? Optional.empty()
                : previous.getConditions().stream()
                        .filter(c -> type.equals(c.getType()) && status.equals(c.getStatus()))
                        .findFirst();
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(
                        before.map(NodeCondition::getLastTransitionTime).orElse(time))
                .withLastHeartbeatTime(before.filter(c -> message.equals(c.getMessage()))
                        .map(NodeCondition::getLastHeartbeatTime)
                        .orElse(time))
                .build();
    }
}
