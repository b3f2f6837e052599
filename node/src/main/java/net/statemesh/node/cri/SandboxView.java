// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.time.Instant;

/**
 * One sandbox as the runtime shows it.
 *
 * @param ip address of the pod; empty while it has none
 */
public record SandboxView(String id, int attempt, boolean ready, Instant createdAt, String ip) {}
