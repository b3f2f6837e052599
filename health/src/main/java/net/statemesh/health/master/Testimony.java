// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import net.statemesh.health.protocol.Reached;

/** What a witness said about a suspect. */
public record Testimony(int witness, Reached reached) {}
