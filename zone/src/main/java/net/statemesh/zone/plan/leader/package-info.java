// SPDX-License-Identifier: Apache-2.0
/** Pure: which of several masters leads. */
@NullMarked
package net.statemesh.zone.plan.leader;

import org.jspecify.annotations.NullMarked;
