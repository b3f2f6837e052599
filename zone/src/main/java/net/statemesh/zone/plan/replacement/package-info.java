// SPDX-License-Identifier: Apache-2.0
/** Who replaces replicas of dead nodes first, and how many at a time. Pure. */
@NullMarked
package net.statemesh.zone.plan.replacement;

import org.jspecify.annotations.NullMarked;
