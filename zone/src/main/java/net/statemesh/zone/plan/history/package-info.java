// SPDX-License-Identifier: Apache-2.0
/** Pure: from Events that come and go to a history that stays and stays small. */
@NullMarked
package net.statemesh.zone.plan.history;

import org.jspecify.annotations.NullMarked;
