// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Names of what every zone has. */
public final class SystemNames {
    /** Namespace of the zone itself. */
    public static final String NAMESPACE = "statemesh-system";
    /** ConfigMap with the {@link ZoneSettings}. */
    public static final String ZONE_CONFIG_MAP = "zone";
    /** Secret with the key of the health protocol, from which those of nodes are derived; the master's alone. */
    public static final String HEALTH_SECRET = "health";
    /** {@code spec.schedulerName} of every pod that the master makes. */
    public static final String SCHEDULER = "statemesh";
    /** The project that exists from the start. */
    public static final String DEFAULT_PROJECT = "default";
    /** Certificate organisation of masters. */
    public static final String MASTERS_GROUP = "statemesh:masters";
    /** Certificate organisation of ingress routers. */
    public static final String INGRESS_GROUP = "statemesh:ingress";

    private SystemNames() {}
}
