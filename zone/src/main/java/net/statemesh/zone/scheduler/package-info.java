// SPDX-License-Identifier: Apache-2.0
/** Pure: which node a pod goes to, and why not to the others. */
@NullMarked
package net.statemesh.zone.scheduler;

import org.jspecify.annotations.NullMarked;
