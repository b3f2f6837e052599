// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import java.util.Map;
import java.util.Optional;

/** The ConfigMaps and Secrets of the pod's namespace. */
public interface References {
    /** Data of a ConfigMap, binary data included; empty when there is none of this name. */
    Optional<Map<String, byte[]>> configMap(String name);

    /** Data of a Secret; empty when there is none of this name. */
    Optional<Map<String, byte[]>> secret(String name);
}
