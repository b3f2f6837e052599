// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import net.statemesh.api.application.Domain;

/**
 * The pod goes where replicas of an application are, or where they are not.
 *
 * @param application {@code project/name}
 * @param required whether the pod waits rather than break the rule
 */
record NeighbourRule(String application, Domain within, boolean required) {
    /** Name without the project, for people. */
    String shortName() {
        return application.substring(application.indexOf('/') + 1);
    }
}
