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
    /** Project: namespace, quota, policy and rights exist. */
    public static final String READY = "Ready";
    /** Project: its walls are enforced on the network. */
    public static final String ISOLATED = "Isolated";

    private ConditionTypes() {}
}
