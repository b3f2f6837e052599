// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

/**
 * One process for all time: a pid alone is given out again after its process has ended.
 *
 * @param startTicks field 22 of /proc/PID/stat (clock ticks since boot)
 */
public record ProcessIdentity(long pid, long startTicks) {}
