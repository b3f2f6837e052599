// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.probe;

/** What a probe decides about. */
public enum ProbeKind {
    /** Whether the container has started; the other two wait for it. */
    STARTUP,
    /** Whether the container is restarted. */
    LIVENESS,
    /** Whether the container receives traffic. */
    READINESS
}
