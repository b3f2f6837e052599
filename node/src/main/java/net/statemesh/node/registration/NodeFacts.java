// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * What does not change about a node while its agent runs.
 *
 * @param annotations for example the capabilities as JSON
 * @param capacity by resource name
 * @param runtimeVersion for example {@code containerd://1.6.20}
 */
public record NodeFacts(
        String name,
        String address,
        int port,
        String podCidr,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Quantity> capacity,
        String runtimeVersion,
        String kernelVersion,
        String osImage,
        String machineId,
        String bootId) {}
