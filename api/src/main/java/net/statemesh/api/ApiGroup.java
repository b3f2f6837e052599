// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** The API group of everything StateMesh adds to Kubernetes. */
public final class ApiGroup {
    public static final String GROUP = "statemesh.net";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;

    private ApiGroup() {}
}
