// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

/**
 * Pods that get a node together or not at all.
 *
 * @param size how many
 * @param timeoutMillis after which a gang without nodes is reported
 */
public record Gang(int size, long timeoutMillis) {}
