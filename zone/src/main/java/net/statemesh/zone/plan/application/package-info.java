// SPDX-License-Identifier: Apache-2.0
/** Pure: from an application and its pods to what must be done next and what its status says. */
@NullMarked
package net.statemesh.zone.plan.application;

import org.jspecify.annotations.NullMarked;
