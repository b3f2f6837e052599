// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

/**
 * Why a replica is not ready.
 *
 * @param reason one of {@link net.statemesh.api.Reason}
 * @param message one sentence with the evidence; the same while the trouble is the same
 * @param lasting whether time alone will not repair it
 */
record Trouble(String reason, String message, boolean lasting) {}
