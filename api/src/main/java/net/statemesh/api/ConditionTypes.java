// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Types of {@link Condition}. */
public final class ConditionTypes {
    /** Application: the spec passed validation. */
    public static final String ACCEPTED = "Accepted";
    /** Application: every wanted replica of the current revision is ready. */
    public static final String SERVING = "Serving";
    /** Application: a new revision is being rolled out. */
    public static final String PROGRESSING = "Progressing";
    /** Application: the newest release did not become ready and an earlier one took over. */
    public static final String ROLLED_BACK = "RolledBack";
    /** Node: no replica is left on it, because it is to be drained. */
    public static final String DRAINED = "Drained";
    /** Pod: it will be ended for a reason that is not its own (a Kubernetes condition). */
    public static final String DISRUPTION_TARGET = "DisruptionTarget";
    /** Project: namespace, quota, policy and rights exist. */
    public static final String READY = "Ready";
    /** Project: its walls are enforced on the network. */
    public static final String ISOLATED = "Isolated";

    private ConditionTypes() {}
}
