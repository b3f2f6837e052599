// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import net.statemesh.api.application.Domain;

/**
 * Replicas of the pod's application are spread over domains.
 *
 * @param maxSkew replicas that a domain may have above the one with fewest
 * @param required whether the pod waits rather than break the rule
 */
record SpreadRule(Domain across, int maxSkew, boolean required) {}
