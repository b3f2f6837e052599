// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

/**
 * One pod in a listing: enough to see whether something about it changed.
 *
 * @param fingerprint differs when a sandbox or container appeared, vanished or changed its state
 */
public record PodGlance(String podUid, String namespace, String name, String fingerprint) {}
