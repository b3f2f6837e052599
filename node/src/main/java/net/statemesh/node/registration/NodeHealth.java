// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import java.util.Optional;

/**
 * What may change about a node.
 *
 * @param runtimeTrouble why it cannot run pods; empty when it can
 */
public record NodeHealth(Optional<String> runtimeTrouble, boolean memoryPressure, boolean diskPressure) {}
