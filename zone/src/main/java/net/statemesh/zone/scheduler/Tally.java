// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * How many nodes were refused for one reason.
 *
 * @param filter name of the filter
 * @param reason as in {@link Refusal}
 * @param nodes how many
 * @param alone those that were refused for nothing else
 * @param nearest the node that came nearest; empty where that means nothing
 * @param free how near it came
 */
public record Tally(
        String filter, String reason, int nodes, int alone, String nearest, Refusal.@Nullable Figure free) {}
