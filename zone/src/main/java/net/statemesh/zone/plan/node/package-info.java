// SPDX-License-Identifier: Apache-2.0
/** Pure: which nodes still report. */
@NullMarked
package net.statemesh.zone.plan.node;

import org.jspecify.annotations.NullMarked;
