// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Finalizers: who has work to do before an object may vanish. */
public final class Finalizers {
    /** The master empties the project's namespace first. */
    public static final String PROJECT = ApiGroup.GROUP + "/project";

    private Finalizers() {}
}
