// SPDX-License-Identifier: Apache-2.0
/** Pure: what a project consists of, and how it is doing. */
@NullMarked
package net.statemesh.zone.plan.project;

import org.jspecify.annotations.NullMarked;
