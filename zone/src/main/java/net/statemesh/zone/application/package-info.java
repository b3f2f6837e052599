// SPDX-License-Identifier: Apache-2.0
/** Shell: looks at an application, asks the planner, and does what it says. */
@NullMarked
package net.statemesh.zone.application;

import org.jspecify.annotations.NullMarked;
