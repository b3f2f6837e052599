// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

/** Somebody heard another node so long ago. */
public record Sighting(int node, int ageMillis) {}
